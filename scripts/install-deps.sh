#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# install-deps.sh [--test] [PACKAGE...]: installs from the archive of Debian 12 or 13 what building and running needs, with --test
# what the tests need too, and any further packages named. Asks nothing of the archive when all of it is there.
. "$(dirname "$0")/prelude.sh"

build=(bpftool catch2 clang cmake g++ libbpf-dev libbz2-dev libcli11-dev libdw-dev libfmt-dev libseccomp-dev libyaml-cpp-dev llvm ninja-build
  nlohmann-json3-dev pkg-config)
# strace is the reference that recordings are compared with; the rest is recorded, or makes and runs test containers.
test=(apparmor bubblewrap catatonit ccache chromium chromium-driver cmark-gfm crun curl debootstrap docker-compose fish g++-aarch64-linux-gnu gcc git man-db nodejs patchelf perl podman python3 python3-jsonschema python3-pyte python3-seccomp python3-selenium python3-yaml strace zsh)
# Guests with other kernels.
test+=(busybox-static cpio kmod qemu-system-arm qemu-system-x86)
# An engine that is there already is used, whoever packaged it.
command -v dockerd >/dev/null || test+=(docker.io)
# From Debian 13 on its client is a package of its own.
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
  # Querying them all at once fails as a whole for one that dpkg never heard of.
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
# Rather fail than take away something that the user chose, e.g. another packaging of Docker.
install=(apt-get install -q -y --no-install-recommends --no-remove "${missing[@]}")
began=$SECONDS
quietly apt-get update -q
quietly "${install[@]}" --download-only
fetched=$SECONDS
quietly "${install[@]}"
say "the archive took $((fetched - began)) s, unpacking $((SECONDS - fetched)) s"
