# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash disable=SC2034  # sourced by services.sh, which says what these are
root_command=(java /srv/app/Server.java 8080)
user_options=(--user app)
user_command=("${root_command[@]}")
# Ended by a signal, as java ends.
stop_status=143
load() {
  client sh -ec 'curl --silent --fail http://127.0.0.1:8080/one
    curl --silent --fail http://127.0.0.1:8080/two http://127.0.0.1:8080/three'
}
