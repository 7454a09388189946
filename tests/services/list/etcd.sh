# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash disable=SC2034  # sourced by services.sh, which says what these are
root_command=(etcd --data-dir /var/lib/etcd/default)
user_options=(--user etcd)
user_command=("${root_command[@]}")
# It repairs the log that it left.
restarts=yes
load() {
  client sh -ec 'etcdctl put greeting hello
    etcdctl get greeting'
}
kept() { client etcdctl get greeting; }
