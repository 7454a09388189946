#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# fuzz.sh [SECONDS [PARSER...]]: searches for inputs with which a parser crashes, leaks or hangs, using libFuzzer and
# the address and undefined-behaviour sanitizers. Runs each parser for SECONDS (default 600). Findings are left in
# build/fuzz.
. "$(dirname "$0")/prelude.sh"
seconds=${1:-600}
[ $# -eq 0 ] || shift
parsers=("$@")
[ ${#parsers[@]} -gt 0 ] || parsers=(trace profile seccomp yaml exemptions engine elf)
./scripts/install-deps.sh clang-16 libclang-rt-16-dev # clang 14 does not compile the ranges of GCC 12
sanitize="-fsanitize=address,undefined,fuzzer-no-link -fno-sanitize-recover=undefined -g -O1"
cmake -S . -B build/fuzz -G Ninja -DCMAKE_C_COMPILER=clang-16 -DCMAKE_CXX_COMPILER=clang++-16 -DCMAKE_BUILD_TYPE=None \
  -DCMAKE_C_FLAGS="$sanitize" -DCMAKE_CXX_FLAGS="$sanitize" -DPROFILEGEN_LIBFUZZER=ON -DPROFILEGEN_WERROR=OFF \
  -DCMAKE_UNITY_BUILD=ON -DCMAKE_UNITY_BUILD_BATCH_SIZE=10 >/dev/null
cmake --build build/fuzz --target "${parsers[@]/#/fuzz_}"
cd build/fuzz
# libseccomp 2.5.4 leaks memory when it merges rules of one call.
echo "leak:libseccomp.so" >suppressions
export LSAN_OPTIONS=suppressions=$PWD/suppressions:print_suppressions=0
status=0
for parser in "${parsers[@]}"; do
  step "$parser for $seconds s"
  mkdir -p "found/$parser"
  "tests/fuzz/fuzz_$parser" -max_total_time="$seconds" -timeout=10 -rss_limit_mb=2048 -print_final_stats=1 \
    -artifact_prefix="found/$parser-" "found/$parser" "../../tests/fuzz/corpus/$parser" 2>&1 | tail -n 12 || status=1
done
exit "$status"
