#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# cross-arm64.sh [DIRECTORY [CMAKE-OPTION...]]: cross-compiles profilegen for arm64 into
# DIRECTORY/src/cli/profilegen_static (default: build/arm64), a program without shared libraries.
. "$(dirname "$0")/prelude.sh"
. scripts/archive.sh
build=${1:-build/arm64}
[[ $build != -* ]] || die "usage: cross-arm64.sh [DIRECTORY [CMAKE-OPTION...]]"
[ $# -eq 0 ] || shift
sysroot=build/sysroot-arm64
packages="libbpf-dev libbz2-dev libc6-dev libcli11-dev libdw-dev libelf-dev libfmt-dev liblzma-dev libseccomp-dev libyaml-cpp-dev nlohmann-json3-dev zlib1g-dev"

step "install what building needs"
./scripts/install-deps.sh g++-aarch64-linux-gnu
# A machine can have one architecture's development files of these only, so the other's are unpacked beside it. Of the
# same release: the cross compiler's C++ library needs its libc.
suite=$(. /etc/os-release && echo "$VERSION_CODENAME")
tree=$(archive_architecture=arm64 archive_cached sysroot-arm64 "$suite" "$packages" '^(lib|linux-libc|nlohmann|zlib)')
mkdir -p build
ln -sfn "$tree" "$sysroot"
step "build"
cmake --preset arm64 -B "$build" "$@" >/dev/null
cmake --build "$build" --target profilegen_static
step "built"
aarch64-linux-gnu-readelf --file-header "$build"/src/cli/profilegen_static | grep -E '^ *(Class|Machine|Type):'
