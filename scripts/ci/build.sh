#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# build.sh: installs the dependencies, builds profilegen from this checkout, and prints the program's path. It takes
# some minutes, so keep build/release in the job's cache.
set -euo pipefail
cd "$(dirname "$0")/../.."
{
  if [ "$(id -u)" -eq 0 ]; then ./scripts/install-deps.sh; else sudo ./scripts/install-deps.sh; fi
  cmake --preset release -DPROFILEGEN_TESTS=OFF
  cmake --build --preset release
} >&2
echo "$PWD/build/release/src/cli/profilegen"
