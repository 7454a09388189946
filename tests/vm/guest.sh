#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# guest.sh BUILD [TESTS]: runs, in a guest, the live tests marked GUEST; with `guest-all` (default) also GUEST_LONG. A
# guest has all that they need, so none may be skipped.
. "$(dirname "$0")/../../scripts/prelude.sh"
[ $# -eq 1 ] || [ $# -eq 2 ] || die "usage: guest.sh BUILD [TESTS]"
export PROFILEGEN_REQUIRE_LIVE=1 PROFILEGEN_GUEST=1
# The engine's layers can't lie on the guest's root, which is an overlay itself.
export PROFILEGEN_ENGINE_DATA=/var/lib/docker
. scripts/engine.sh
engine_up || die "$engine_missing"
trap engine_down EXIT
ctest --test-dir "$1" --build-config "${2:-guest-all}" --label-regex guest --verbose
