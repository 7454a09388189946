#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# run.sh BUILD NAME TESTS OPTION...: runs the live tests of a build in the guest that these OPTIONs of vmtest.sh make
# (TESTS: see guest.sh). Also writes how many passed to BUILD/tests/vm/NAME.summary. Exit status 77, "skipped" for
# CTest, if no guest can be started, unless PROFILEGEN_REQUIRE_LIVE is set.
. "$(dirname "$0")/../../scripts/prelude.sh"
[ $# -ge 3 ] || die "usage: run.sh BUILD NAME TESTS OPTION..."
build=$1 summary=$1/tests/vm/$2.summary tests=$3
shift 3
rm -f "$summary"

skip() {
  [ -z "${PROFILEGEN_REQUIRE_LIVE:-}" ] || die "$*"
  say "skipped: $*"
  exit 77
}
missing=$(./scripts/vmtest.sh --prepare "$@" 2>&1) || skip "$missing"
# A guest has no network, so the images' file systems are made here.
./tests/live/images/build.sh --archive busybox places python >/dev/null || skip "the test images can't be made"
status=0
./scripts/vmtest.sh --timeout 50m "$@" -- tests/vm/guest.sh "$build" "$tests" 2>&1 | tee "$summary.log" || status=$?
# Which tests ran under which kernel, and how many cases each program had.
grep -E '^vm: |^[0-9]+: (All tests passed|test cases:)|^ *[0-9]+/[0-9]+ Test |^[0-9]+% tests' "$summary.log" >"$summary"
rm "$summary.log"
exit "$status"
