#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# test.sh [--quick | --all-kernels] [CTEST ARGUMENT...]: installs what is needed, builds, and runs all tests, including
# the live tests and those in guests with Linux 6.1. Starts a Docker engine if none answers, and stops what it started.
#   --quick         only tests that need neither root nor an engine, in two minutes; builds only those, installs nothing
#   --all-kernels   runs guests with all kernels of vmtest.sh
# In CI (if CI is set), no live test may be skipped. PROFILEGEN_PRESET selects another CMake preset than release.
# Finally prints the time of each test, and the end of CTest's output once more.
. "$(dirname "$0")/prelude.sh"
. scripts/engine.sh
preset=${PROFILEGEN_PRESET:-release}
build=build/$preset

build() {
  step "build"
  cmake --preset "$preset" >/dev/null || die "something is missing here: sudo ./scripts/install-deps.sh --test"
  cmake --build --preset "$preset" "$@"
}

# run_tests ARGUMENT...: returns CTest's status.
run_tests() {
  local status=0
  # Two jobs even on one processor: live tests wait most of the time.
  local jobs=$(($(nproc) > 1 ? $(nproc) : 2))
  step "test"
  rm -f "$build"/tests/vm/*.summary
  ctest --preset "$preset" --parallel "$jobs" --output-junit "$PWD/$build/tests.xml" "$@" | tee "$build/tests.log" || status=$?
  for summary in "$build"/tests/vm/*.summary; do
    [ ! -f "$summary" ] || { step "kernel $(basename "$summary" .summary)" && cat "$summary" >&2; }
  done
  step "how long each test took"
  times_of "$build/tests.xml" >&2
  step "the end of it"
  # From the last summary on. awk reads all, so nobody writes to a pipe that is closed, which would end this script.
  awk '/^[0-9]+% tests passed/ { text = "" } { text = text $0 "\n" } END { printf "%s", text }' "$build/tests.log"
  return "$status"
}

# times_of JUNIT-FILE: prints the time of each test, slowest first.
times_of() {
  sed -n 's/^\t<testcase name="\([^"]*\)" .* time="\([^"]*\)" status="\([^"]*\)".*/\2 \3 \1/p' "$1" | sort -rn |
    while read -r seconds status name; do printf '%8.1f s  %-6s  %s\n' "$seconds" "$status" "$name"; done
}

if [ "${1:-}" = --quick ]; then
  shift
  build --target quick_tests
  run_tests --label-regex quick "$@"
  exit
fi
become_root "the live tests load BPF programs and start containers" "$@"
[ -z "${CI:-}" ] || export PROFILEGEN_REQUIRE_LIVE=1
if [ "${1:-}" = --all-kernels ]; then
  shift
  set -- --build-config all-kernels "$@"
fi

step "install"
./scripts/install-deps.sh --test
build
trap engine_down EXIT
if ! engine_up; then
  [ -z "${PROFILEGEN_REQUIRE_LIVE:-}" ] || die "$engine_missing"
  say "live tests that need an engine will be skipped: $engine_missing"
fi
run_tests "$@"
