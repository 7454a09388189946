#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# approve-golden.sh [BUILD_FOLDER]: approves the current output of the emitters. Review the differences before you
# commit them.
set -eu
cd "$(dirname "$0")/.."
build=${1:-build/release}
cmake --build "$build" --target golden
PROFILEGEN_APPROVE=1 "$build/tests/golden/golden"
git status --short -- tests/golden/approved
