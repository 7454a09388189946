# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash disable=SC2034,SC2154  # sourced by quickstart.sh, which shares its variables
# Runs nginx as a process tree of this machine, without an engine. Its packages are unpacked but not installed, so that
# no service of the machine is started or changed. Of the bundle, only the filter and the capabilities can be applied.
site=
port=18080

prepare() {
  ./scripts/install-deps.sh libpcre2-8-0 libssl3 python3-seccomp
  # Outside the checkout, since nginx's worker runs as another user and must be able to reach it.
  site=$(mktemp -d /tmp/profilegen-quickstart.XXXXXX)
  chmod 755 "$site"
  ./scripts/debian-files.sh "$site" nginx nginx-common
  while (: <"/dev/tcp/127.0.0.1/$port") 2>/dev/null; do port=$((port + 1)); done
  url=http://127.0.0.1:$port/
  mkdir "$site/tmp"
  cat >"$site/nginx.conf" <<END
daemon off;
user www-data;
worker_processes 1;
error_log stderr;
pid $site/nginx.pid;
events {}
http {
  access_log $site/access.log;
  client_body_temp_path $site/tmp/body;
  proxy_temp_path $site/tmp/proxy;
  fastcgi_temp_path $site/tmp/fastcgi;
  uwsgi_temp_path $site/tmp/uwsgi;
  scgi_temp_path $site/tmp/scgi;
  server {
    listen 127.0.0.1:$port;
    root $site/usr/share/nginx/html;
  }
}
END
  nginx=("$site/usr/sbin/nginx" -p "$site" -e stderr -c "$site/nginx.conf")
}

record() { start "$profilegen" record -o "$trace" -- "${nginx[@]}"; }

# $started is the recorder, or the confined nginx. A recorder passes the signal on to nginx.
stop_nginx() { kill -TERM "$started"; }

show_flags() {
  say "$bundle/capabilities.txt:"
  sed 's/^/    /' "$bundle/capabilities.txt" >&2
}

# under_policy COMMAND...: sets $confined to a command that runs COMMAND (a full path) with the bundle's capabilities
# and filter.
under_policy() {
  local set=-all name
  while read -r name; do set+=,+${name,,}; done < <(sed -n 's/^--cap-add=//p' "$bundle/capabilities.txt")
  confined=(setpriv "--bounding-set=$set" --inh-caps=-all --no-new-privs
    /usr/bin/python3 scripts/quickstart/load_seccomp.py "$bundle/seccomp.json" "$@")
}

run_confined() {
  under_policy "${nginx[@]}"
  start "${confined[@]}"
}

try_refused() {
  chroot / /bin/true || die "chroot does not even work without the policy"
  under_policy "$(command -v chroot)" / /bin/true
  refused "chroot, which root may otherwise do" "${confined[@]}"
}

remove_leftovers() { [ -z "$site" ] || rm -rf "$site"; }
