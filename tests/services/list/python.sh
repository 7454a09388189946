# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash disable=SC2016,SC2034  # sourced by services.sh, which says what these are
root_command=(python3 -m http.server 80 --directory /usr/share/nginx/html)
user_options=(--user app)
user_command=(python3 -m http.server 8080 --directory /usr/share/nginx/html)
stop_options=(--stop-signal INT)
load() {
  local port=80
  [ "$1" = root ] || port=8080
  client sh -ec 'curl --silent --fail "$0/index.html"
    curl --silent --output /dev/null --write-out "%{http_code}\n" "$0/missing"' "http://127.0.0.1:$port"
}
