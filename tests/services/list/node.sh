# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash disable=SC2034  # sourced by services.sh, which says what these are
root_command=(node /srv/app/server.js 8080)
user_options=(--user app)
user_command=("${root_command[@]}")
load() {
  client sh -ec 'curl --silent --fail http://127.0.0.1:8080/
    curl --silent --fail http://127.0.0.1:8080/ http://127.0.0.1:8080/ http://127.0.0.1:8080/'
}
