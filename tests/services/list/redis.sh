# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash disable=SC2034  # sourced by services.sh, which says what these are
root_command=(redis-server --dir /var/lib/redis)
user_options=(--user redis)
user_command=("${root_command[@]}")
load() {
  client sh -ec 'redis-cli set greeting hello
    redis-cli get greeting
    redis-cli save
    redis-benchmark -q -n 2000 -c 20 -t set,lpush >/dev/null
    redis-cli llen mylist'
}
kept() { client redis-cli get greeting; }
more() { client sh -ec 'redis-cli config set appendonly yes; redis-cli incr counter; redis-cli bgrewriteaof; sleep 1'; }
