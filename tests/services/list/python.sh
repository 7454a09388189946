# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash disable=SC2034  # sourced by services.sh, which says what these are
root_command=(python3 -m http.server 80 --directory /usr/share/nginx/html)
user_options=(--user app)
user_command=(python3 -m http.server 8080 --directory /usr/share/nginx/html)
stop_options=(--stop-signal INT)
load() {
  local port=80
  [ "$1" = root ] || port=8080
  client curl --silent --fail "http://127.0.0.1:$port/index.html"
  client curl --silent --output /dev/null --write-out '%{http_code}\n' "http://127.0.0.1:$port/missing"
}
