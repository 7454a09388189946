# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash disable=SC2034  # sourced by services.sh, which says what these are
root_command=(memcached -u memcache -l 127.0.0.1)
user_options=(--user memcache)
user_command=(memcached -l 127.0.0.1)
load() {
  client bash -c 'exec 3<>/dev/tcp/127.0.0.1/11211 &&
    printf "set greeting 0 0 5\r\nhello\r\nget greeting\r\nquit\r\n" >&3 && cat <&3'
}
