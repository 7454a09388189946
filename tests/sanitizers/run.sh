#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# run.sh: builds what quick tests need with the address and undefined behaviour sanitizers, and runs them.
. "$(dirname "$0")/../../scripts/prelude.sh"
cmake --preset asan >/dev/null
cmake --build --preset asan --target quick_tests
# Style has nothing to do with it.
ctest --preset asan --label-regex quick --label-exclude style --parallel "$(nproc)"
