#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# make.sh BUILD-DIRECTORY: makes the packages of that build, in its packages/.
set -euo pipefail
cd "$1"
cmake --build . --target profilegen_static docs >/dev/null
rm -rf packages
cpack >/dev/null
ls packages/profilegen_*.deb packages/profilegen-*.tar.gz
