#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# install-deps.sh [--test] [PACKAGE...]: installs what building and running needs from the archive of Debian 12 or 13;
# with --test, what the tests need too; and any PACKAGE. Does not contact the archive if everything is installed.
. "$(dirname "$0")/prelude.sh"

build=(bpftool catch2 clang cmake g++ libbpf-dev libbz2-dev libcli11-dev libdw-dev libfmt-dev libseccomp-dev libyaml-cpp-dev llvm ninja-build
  nlohmann-json3-dev pkg-config)
# strace is the reference for recordings. The others are recorded, or make and run test containers. ccache makes the
# builds of the tests cheap.
test=(apparmor bubblewrap catatonit ccache chromium chromium-driver cmark-gfm crun curl debootstrap docker-compose fish g++-aarch64-linux-gnu gcc git man-db nodejs patchelf perl podman python3 python3-jsonschema python3-pyte python3-seccomp python3-selenium python3-yaml strace zsh)
# What scripts/lint.sh runs.
test+=(clang-format clang-tidy shellcheck)
# For guests with other kernels.
test+=(busybox-static cpio kmod qemu-system-arm qemu-system-x86)
# Uses an engine that is already installed, wherever it comes from.
command -v dockerd >/dev/null || test+=(docker.io)
# Since Debian 13, Docker's client is a separate package.
command -v docker >/dev/null || [ "$(cut -d . -f 1 /etc/debian_version)" -lt 13 ] 2>/dev/null || test+=(docker-cli)

wanted=("${build[@]}")
for argument in "$@"; do
  case $argument in
    --test) wanted+=("${test[@]}") ;;
    -*) die "unknown option $argument (usage: install-deps.sh [--test] [PACKAGE...])" ;;
    *) wanted+=("$argument") ;;
  esac
done

missing=()
for package in "${wanted[@]}"; do
  # One query for all packages fails as a whole if dpkg does not know one of them.
  state=$(dpkg-query --show --showformat='${db:Status-Status}' "$package" 2>/dev/null) || state=unknown
  [ "$state" = installed ] || missing+=("$package")
done
[ ${#missing[@]} -gt 0 ] || exit 0

become_root "installing ${missing[*]}" "$@"
say "installing ${missing[*]}"
export DEBIAN_FRONTEND=noninteractive
log=$(mktemp)
trap 'rm -f "$log"' EXIT
quietly() { "$@" >"$log" 2>&1 || { tail -n 20 "$log" >&2; die "failed: $*"; }; }
# --no-remove: fails rather than removing what the user chose, such as another packaging of Docker.
install=(apt-get install -q -y --no-install-recommends --no-remove "${missing[@]}")
began=$SECONDS
quietly apt-get update -q
quietly "${install[@]}" --download-only
fetched=$SECONDS
quietly "${install[@]}"
say "the archive took $((fetched - began)) s, unpacking $((SECONDS - fetched)) s"
