#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# fetch-runtime.sh NAME SUITE: prints the path of the OCI runtime (runc, crun) of another Debian suite. It is fetched
# into the cache, if necessary, and not installed.
. "$(dirname "$0")/prelude.sh"
. scripts/archive.sh
[ $# -eq 2 ] || die "usage: fetch-runtime.sh NAME SUITE"
command -v patchelf >/dev/null || die "patchelf is missing: ./scripts/install-deps.sh patchelf"
tree=$(archive_cached "runtime-$1-$2" "$2" "$1" .)

# adapt DIRECTORY: makes the runtime use the libraries of its own suite, for itself and for its libraries (hence
# DT_RPATH). Calling it through the loader is not enough, since a runtime executes itself again.
adapt() {
  local loader
  loader=$(find "$tree" -name 'ld-linux-x86-64.so.2' -print -quit)
  mkdir "$1"
  find "$tree/usr" -path "*bin/$name" -exec cp {} "$1/$name" \;
  patchelf --set-interpreter "$loader" --force-rpath --set-rpath \
    "$tree/usr/lib/x86_64-linux-gnu:$tree/lib/x86_64-linux-gnu" "$1/$name"
}
name=$1
echo "$(cached "adapted-$1-$2" "$(digest_of "$tree" scripts/fetch-runtime.sh)" adapt)/$1"
