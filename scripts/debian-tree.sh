#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# debian-tree.sh [--suite NAME] DIRECTORY PACKAGE...: makes a minimal root file system of Debian 12, or of another
# suite, with these packages, but without documentation and apt's lists. It is made once and kept in the cache
# (scripts/cache.sh); to get newer packages, remove tree-* there. DEBIAN_MIRROR sets another mirror.
. "$(dirname "$0")/prelude.sh"
. scripts/cache.sh
suite=bookworm
if [ "${1:-}" = --suite ] && [ $# -ge 2 ]; then suite=$2 && shift 2; fi
[ $# -ge 1 ] || die "usage: debian-tree.sh [--suite NAME] DIRECTORY PACKAGE..."
tree=$1
shift
[ "$(id -u)" -eq 0 ] || die "needs root (debootstrap makes device nodes and files of other users)"

make_tree() {
  local include=$1 root=$2.root
  command -v debootstrap >/dev/null || die "debootstrap is missing: ./scripts/install-deps.sh debootstrap"
  if ! debootstrap --variant=minbase ${include:+"--include=$include"} "$suite" "$root" \
    "${DEBIAN_MIRROR:-http://deb.debian.org/debian}" >"$root.log" 2>&1; then
    tail -n 25 "$root.log" >&2
    die "debootstrap could not make a tree of $suite"
  fi
  rm -rf "$root"/var/cache/apt/* "$root"/var/lib/apt/lists/* "$root"/usr/share/{doc,info,locale,man}/*
  tar --create --xattrs --numeric-owner --file "$2" --directory "$root" .
}

packages=$(IFS=, && printf %s "$*")
archive=$(cached "tree-$suite" "$(digest_of "$suite $packages" scripts/debian-tree.sh)" make_tree "$packages")
mkdir -p "$tree"
tar --extract --xattrs --xattrs-include='*' --preserve-permissions --numeric-owner --file "$archive" --directory "$tree"
