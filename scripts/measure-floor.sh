#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# measure-floor.sh [RUNTIME-SUITE...]: measures which calls OCI runtimes make after they have loaded the filter, and
# writes them to profiles/floors. Each of Debian's runtimes (runc-bookworm … crun-forky; default: all) starts
# containers, and programs in them, in all ways of scripts/floors/round.sh. The release build records this until 20
# rounds in a row show no new call (PROFILEGEN_FLOOR_ROUNDS changes that number). A floor that exists is extended; to
# start over, remove it. Takes some minutes for each runtime.
. "$(dirname "$0")/prelude.sh"
. scripts/podman-host.sh
become_root "recording loads BPF programs" "$@"
profilegen=$PWD/build/release/src/cli/profilegen
[ -x "$profilegen" ] || die "$profilegen is missing: cmake --preset release && cmake --build --preset release"
enough=${PROFILEGEN_FLOOR_ROUNDS:-20}
work=$PWD/build/floors

# measure RUNTIME SUITE
measure() {
  local runtime image source version
  runtime=$(./scripts/fetch-runtime.sh "$1" "$2")
  version=$("$runtime" --version | sed -n '1s/.* version \([0-9.]*\).*/\1/p')
  image=$(tests/live/images/build.sh --archive busybox)
  source="measured by scripts/measure-floor.sh: $1 of Debian's $2 under podman and its filter less the mount API, Linux $(uname -r | grep -o '^[0-9]*\.[0-9]*')"
  rm -rf "$work/$1-$version"
  mkdir -p "$work/$1-$version" profiles/floors
  in_podman_host scripts/measure-floor.sh --rounds "$1-$version" "$runtime" "$image" "$source"
}

rounds() {
  local name=$1 runtime=$2 image=$3 source=$4 quiet=0 round=0 status
  podman_host "$work/$name" "$runtime" vfs
  scripts/floors/filter.py >"$work/$name/seccomp.json"
  podman import --quiet "$image" profilegen-floor >/dev/null
  while [ "$quiet" -lt "$enough" ]; do
    round=$((round + 1))
    rm -rf "$work/$name/traces"
    "$profilegen" record --quiet --container 'floor-*' -o "$work/$name/traces/" -- scripts/floors/round.sh "$work/$name/seccomp.json"
    status=0
    scripts/floors/collect.py "profiles/floors/$name.json" "$source" "$work/$name/traces" || status=$?
    case $status in
      0) quiet=0 && say "$name: something new in round $round" ;;
      3) quiet=$((quiet + 1)) ;;
      *) exit "$status" ;;
    esac
  done
  say "$name: nothing new since round $((round - enough))"
}

if [ "${1:-}" = --rounds ]; then
  shift
  rounds "$@"
  exit
fi
./scripts/install-deps.sh --test
if [ $# -eq 0 ]; then
  for suite in bookworm trixie forky; do set -- "$@" "runc-$suite" "crun-$suite"; done
fi
for each in "$@"; do measure "${each%-*}" "${each#*-}"; done
