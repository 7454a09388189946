#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# debian-tree.sh [--suite NAME] DIRECTORY PACKAGE...: a minimal Debian 12 root file system, or of another suite, with these
# packages, without what only a person or apt would read. DEBIAN_MIRROR names another mirror.
. "$(dirname "$0")/prelude.sh"
suite=bookworm
if [ "${1:-}" = --suite ] && [ $# -ge 2 ]; then suite=$2 && shift 2; fi
[ $# -ge 1 ] || die "usage: debian-tree.sh [--suite NAME] DIRECTORY PACKAGE..."
tree=$1
shift
[ "$(id -u)" -eq 0 ] || die "needs root (debootstrap makes device nodes and files of other users)"
command -v debootstrap >/dev/null || die "debootstrap is missing: ./scripts/install-deps.sh debootstrap"

include=$(IFS=,; printf %s "$*")
if ! debootstrap --variant=minbase ${include:+"--include=$include"} "$suite" "$tree" \
  "${DEBIAN_MIRROR:-http://deb.debian.org/debian}" >"$tree.log" 2>&1; then
  tail -n 5 "$tree.log" >&2
  die "debootstrap could not make $tree (whole log: $tree.log)"
fi
rm -rf "$tree"/var/cache/apt/* "$tree"/var/lib/apt/lists/* "$tree"/usr/share/{doc,info,locale,man}/* "$tree.log"
