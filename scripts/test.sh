#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# test.sh [CTEST ARGUMENT...]: installs what is needed, builds, and runs every test, the live ones included. Starts a
# Docker engine when none answers, and stops what it started. In CI (CI is set) no live test may be skipped.
# PROFILEGEN_PRESET names another CMake preset than release.
. "$(dirname "$0")/prelude.sh"
. scripts/engine.sh
become_root "the live tests load BPF programs and start containers" "$@"
preset=${PROFILEGEN_PRESET:-release}
[ -z "${CI:-}" ] || export PROFILEGEN_REQUIRE_LIVE=1

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
ctest --preset "$preset" "$@"
