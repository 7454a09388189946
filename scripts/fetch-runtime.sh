#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# fetch-runtime.sh NAME SUITE: the path of the OCI runtime (runc, crun) of another Debian suite, which is fetched when it
# is not there yet, and not installed. PROFILEGEN_RUNTIME_CACHE is another place than build/runtimes.
. "$(dirname "$0")/prelude.sh"
. scripts/archive.sh
[ $# -eq 2 ] || die "usage: fetch-runtime.sh NAME SUITE"
tree=${PROFILEGEN_RUNTIME_CACHE:-$PWD/build/runtimes}/$1-$2

if [ ! -x "$tree/$1" ]; then
  command -v patchelf >/dev/null || die "patchelf is missing: ./scripts/install-deps.sh patchelf"
  rm -rf "$tree"
  archive_fetch "$tree" "$2" "$1"
  # With the libraries of its own suite, and theirs too (hence DT_RPATH). A runtime executes itself again, so that calling
  # the loader does not do.
  loader=$(find "$tree" -name 'ld-linux-x86-64.so.2' -print -quit)
  find "$tree/usr" -path "*bin/$1" -exec cp {} "$tree/$1.new" \;
  patchelf --set-interpreter "$loader" --force-rpath --set-rpath \
    "$tree/usr/lib/x86_64-linux-gnu:$tree/lib/x86_64-linux-gnu" "$tree/$1.new"
  mv "$tree/$1.new" "$tree/$1"
fi
echo "$tree/$1"
