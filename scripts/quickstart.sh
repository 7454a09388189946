#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# quickstart.sh [--tree]: installs and builds profilegen, records Debian's nginx while its page is requested, and runs
# nginx again under the resulting policy. Uses a container if a Docker engine answers or can be started; otherwise, and
# with --tree, a plain process tree. Stops everything that it starts. Results are in build/, and the image stays in the
# engine.
. "$(dirname "$0")/prelude.sh"
. scripts/engine.sh
case $* in '' | --tree) ;; *) die "usage: quickstart.sh [--tree]" ;; esac
become_root "recording loads BPF programs" "$@"

profilegen=$PWD/build/release/src/cli/profilegen
work=build/quickstart
trace=$work/nginx.trace.json
bundle=$work/profilegen-out
started=

trap engine_down EXIT
way=tree
if [ $# -eq 0 ]; then
  if engine_up; then way=container; else say "no container: $engine_missing"; fi
fi
# The file defines prepare, record, run_confined (both `start` nginx and set $url), stop_nginx, show_flags, try_refused
# and remove_leftovers.
# shellcheck source=scripts/quickstart/container.sh
. "scripts/quickstart/$way.sh"
. scripts/quickstart/build.sh

stop_all() {
  # Still running if a step failed.
  if [ -n "$started" ] && kill -TERM "$started" 2>/dev/null; then wait "$started" || :; fi
  remove_leftovers
  engine_down
}
trap stop_all EXIT

run() {
  say "\$ $*"
  "$@"
}

# start COMMAND...: runs COMMAND in the background, as $started, until `finish`.
start() {
  say "\$ $*"
  "$@" &
  started=$!
}

finish() {
  local status=0
  wait "$started" || status=$?
  started=
  [ "$status" -eq 0 ] || die "$1 ended with exit status $status"
}

# eventually COMMAND...: repeats COMMAND until it succeeds. Fails if $started ends first.
eventually() {
  for _ in $(seq 150); do
    if "$@"; then return 0; fi
    kill -0 "$started" 2>/dev/null || return 1
    sleep 0.2
  done
  return 1
}

get_page() { page=$(curl --silent --fail --max-time 5 "$url"); }

ask_page() {
  eventually get_page || die "nginx does not answer at $url"
  say "$url answers: $(sed -n 's:.*<title>\(.*\)</title>.*:\1:p' <<<"$page")"
}

# refused WHAT COMMAND...: runs COMMAND, which must fail, and shows its error.
refused() {
  local what=$1 answer
  shift
  if answer=$("$@" 2>&1); then die "$what was allowed"; fi
  case $answer in *"OCI runtime"*) die "$what could not be tried: $answer" ;; esac
  say "refused: $what"
  say "         ${answer##*$'\n'}"
}

# step WHAT: says how long the one before took.
began=$SECONDS step_began=
end_step() { [ -z "$step_began" ] || say "   ($((SECONDS - step_began)) s)"; }
step() {
  end_step
  step_began=$SECONDS
  printf '\n== %s\n' "$*" >&2
}

step "install what building needs"
./scripts/install-deps.sh curl
step "build profilegen"
rm -rf "$work"
mkdir -p "$work"
cmake --preset release >/dev/null
build || die "the build failed: cmake --build --preset release"
step "make nginx ready ($way)"
prepare
step "record it while its page is asked for"
record
ask_page
stop_nginx
finish "the recording"
step "write the policy"
run "$profilegen" emit "$trace" -o "$bundle"
ls "$bundle" >&2
show_flags
step "run it again under that policy"
run_confined
ask_page
say "It works, with nothing allowed but what was recorded."
step "try what was not recorded"
try_refused
stop_nginx
finish "nginx"
step "done: the evidence is in $trace, the policy in $bundle/"
say "From the start to here it took $((SECONDS - began)) s."
