#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Accepts what the emitters write now as approved: approve-golden.sh [BUILD_FOLDER]. Review the difference before
# committing it.
set -eu
cd "$(dirname "$0")/.."
build=${1:-build/release}
cmake --build "$build" --target golden
PROFILEGEN_APPROVE=1 "$build/tests/golden/golden"
git status --short -- tests/golden/approved
