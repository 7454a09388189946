#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# debian-files.sh DIRECTORY PACKAGE...: unpacks Debian packages into DIRECTORY without installing them, so that nothing
# on the machine is started, configured or replaced. Their dependencies are not unpacked.
. "$(dirname "$0")/prelude.sh"
[ $# -ge 2 ] || die "usage: debian-files.sh DIRECTORY PACKAGE..."
mkdir -p "$1"
directory=$(cd "$1" && pwd)
shift

archives=$(mktemp -d)
trap 'rm -rf "$archives"' EXIT
# apt's unprivileged user may not write into this directory.
download() { (cd "$archives" && apt-get -q -o APT::Sandbox::User=root download "$@") >"$archives/log" 2>&1; }
if ! download "$@"; then
  become_root "reading Debian's package lists" "$directory" "$@"
  apt-get update -q >/dev/null 2>&1 || die "cannot read Debian's package lists: apt-get update says why"
  download "$@" || die "cannot download $*: $(tail -n 1 "$archives/log")"
fi
for archive in "$archives"/*.deb; do dpkg-deb --extract "$archive" "$directory"; done
