#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# run.sh: builds and runs the quick tests with the address and undefined behaviour sanitizers.
. "$(dirname "$0")/../../scripts/prelude.sh"
cmake --preset asan >/dev/null
cmake --build --preset asan --target quick_tests
# Style does not depend on the build.
ctest --preset asan --label-regex quick --label-exclude style --parallel "$(nproc)"
