# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash disable=SC2016,SC2034  # sourced by services.sh, which says what these are
root_command=(nginx -g 'daemon off;')
user_options=(--user www-data)
user_command=(nginx -c /etc/nginx/user.conf -g 'daemon off;')
load() {
  local url=http://127.0.0.1:80
  [ "$1" = root ] || url=http://127.0.0.1:8080
  client sh -ec 'curl --silent --fail "$0/index.nginx-debian.html"
    curl --silent --head --output /dev/null --write-out "%{http_code}\n" "$0/missing"' "$url"
}
more() {
  local url=http://127.0.0.1:80
  [ "$1" = root ] || url=http://127.0.0.1:8080
  client sh -ec 'head -c 300000 /dev/zero | curl --silent --output /dev/null --write-out "%{http_code}\n" --data-binary @- "$0/"
    curl --silent --output /dev/null --range 10-20 "$0/index.nginx-debian.html"' "$url"
}
