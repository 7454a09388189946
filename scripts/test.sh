#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# test.sh [--all-kernels] [CTEST ARGUMENT...]: installs what is needed, builds, and runs every test, the live ones
# included, and those for guests under Linux 6.1 or all kernels of vmtest.sh. Starts a Docker engine when none answers,
# and stops what it started. In CI (CI is set) no live test may be skipped.
# PROFILEGEN_PRESET names another CMake preset than release.
. "$(dirname "$0")/prelude.sh"
. scripts/engine.sh
become_root "the live tests load BPF programs and start containers" "$@"
preset=${PROFILEGEN_PRESET:-release}
[ -z "${CI:-}" ] || export PROFILEGEN_REQUIRE_LIVE=1

if [ "${1:-}" = --all-kernels ]; then
  shift
  set -- --build-config all-kernels "$@"
fi

step "install"
./scripts/install-deps.sh --test
step "build"
cmake --preset "$preset" >/dev/null
cmake --build --preset "$preset"
step "test"
trap engine_down EXIT
if ! engine_up; then
  [ -z "${PROFILEGEN_REQUIRE_LIVE:-}" ] || die "$engine_missing"
  say "live tests that need an engine will be skipped: $engine_missing"
fi
rm -f "build/$preset"/tests/vm/*.summary
status=0
ctest --preset "$preset" "$@" || status=$?
for summary in "build/$preset"/tests/vm/*.summary; do
  [ ! -f "$summary" ] || { step "kernel $(basename "$summary" .summary)" && cat "$summary"; }
done
exit "$status"
