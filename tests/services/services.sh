#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# services.sh BUILD [OPTION...] [SERVICE...]: records real services of Debian (default: all of tests/services/list)
# under their client's load, and runs them under their policy with the same load: with docker and runc, with podman and
# crun, as root and as another user. Each of refused_acts was not recorded, and must fail.
#   --engine NAME   only docker or only podman
#   --readme        also writes the results into README.md's table
# Exit status 77, "skipped" for CTest, if this can't be done, unless PROFILEGEN_REQUIRE_LIVE is set.
#
# Each file of the list sets
#   root_command    the container's command as root
#   user_command    the command as another user, whom user_options select; unset if that is not possible
#   stop_options    options of the container, if its default signal does not end it
#   stop_status     exit status of the container after `stop` (default: 0)
#   listens         empty if the service has no port (default: yes)
#   does            part of the one of refused_acts that the service itself does
#   restarts        not empty: a restart makes calls that no start makes, so one is recorded
#   load            USER: does the client's work and prints the answers; unset if the command ends by itself
#   kept            USER: prints what load has left behind and a restart must not lose; unset if that is nothing
. "$(dirname "$0")/../../scripts/prelude.sh"
. scripts/podman-host.sh
here=tests/services
image="profilegen-test/services"
[ $# -ge 1 ] || die "usage: $(sed -n '3s/^# \([^:]*\):.*/\1/p' $here/services.sh)"
build=$(realpath "$1")
profilegen=$build/src/cli/profilegen
work=$build/services
shift

engines=(docker podman)
readme=
services=()
while [ $# -gt 0 ]; do
  case $1 in
    --engine) engines=("$2") && shift ;;
    --readme) readme=README.md ;;
    -*) die "unknown option $1" ;;
    *) services+=("$1") ;;
  esac
  shift
done
if [ ${#services[@]} -eq 0 ]; then
  for file in "$here"/list/*.sh; do services+=("$(basename "$file" .sh)"); done
fi

skip() {
  [ -z "${PROFILEGEN_REQUIRE_LIVE:-}" ] || die "$*"
  say "skipped: $*"
  exit 77
}
[ "$(id -u)" -eq 0 ] || skip "recording needs root"
for engine in "${engines[@]}"; do command -v "$engine" >/dev/null || skip "there is no $engine"; done

. "$here/one.sh"

run_all() {
  local engine=$1 service user
  for service in "${services[@]}"; do
    for user in root user; do run_one "$engine" "$service" "$user"; done
  done
}

if [ -n "${PROFILEGEN_SERVICES_PODMAN:-}" ]; then
  podman_host "$work/podman" crun overlay
  mapfile -t changes < <(sed 's/^/--change=/' tests/live/images/services/config)
  podman import --quiet "${changes[@]}" "$(tests/live/images/build.sh --archive services)" "$image" >/dev/null
  check_acts podman
  run_all podman
  exit
fi
mkdir -p "$work"
for engine in "${engines[@]}"; do
  rm -rf "${work:?}/$engine" "${work:?}/$engine"-*
  if [ "$engine" = docker ]; then
    tests/live/images/build.sh services
    check_acts docker
    run_all docker
  else
    PROFILEGEN_SERVICES_PODMAN=1 in_podman_host "$here/services.sh" "$build" --engine podman "${services[@]}"
  fi
done
[ -z "$readme" ] || "$here/table.py" "$work" "$readme" "${services[@]}"
