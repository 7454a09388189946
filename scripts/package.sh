#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# package.sh: installs what building needs, and makes a .deb and an archive in build/release/packages/. The packaged
# program needs no shared library: it runs on Debian 12 and 13, and on any other Linux of this architecture.
. "$(dirname "$0")/prelude.sh"
[ $# -eq 0 ] || die "usage: package.sh"
step "install what building needs"
./scripts/install-deps.sh
step "build"
cmake --preset release >/dev/null
cmake --build --preset release --target profilegen_static docs
step "package"
rm -rf build/release/packages
(cd build/release && cpack >/dev/null) || die "cpack failed: cd build/release && cpack"
ls -l build/release/packages/*.deb build/release/packages/*.tar.gz
