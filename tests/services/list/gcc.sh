# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash disable=SC2034  # sourced by services.sh, which says what these are
root_command=(sh -c 'cd /tmp && gcc -O2 -o hello /srv/app/hello.c && ./hello')
user_options=(--user app)
user_command=("${root_command[@]}")
