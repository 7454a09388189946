#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# coverage.sh [CTEST ARGUMENT...]: prints the line coverage of each folder by the quick tests, or by the tests that the
# arguments select (`-L live`, as root, for src/record). Counts of earlier calls are discarded.
. "$(dirname "$0")/prelude.sh"
target=(--target quick_tests)
[ $# -eq 0 ] || target=()
[ $# -gt 0 ] || set -- --label-regex quick --label-exclude style

step "build"
cmake --preset coverage >/dev/null
cmake --build --preset coverage "${target[@]}"
find build/coverage -name '*.gcda' -delete
step "test"
ctest --preset coverage --parallel "$(nproc)" "$@"
step "lines that were run"
find build/coverage -name '*.gcda' -print0 | xargs -0 gcov --json-format --stdout | ./scripts/coverage/table.py
