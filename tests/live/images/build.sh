#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# build.sh [--archive] NAME...: makes the test images profilegen-test/NAME in the engine that `docker` uses, without a
# registry. Each folder here is one image: tree.sh writes its root file system, config contains its metadata. An image
# is made again only if its recipe has changed. File systems are kept in the cache (scripts/cache.sh) for other engines.
# --archive makes only these, prints their paths, and needs no engine.
# Exit status 77, "skipped" for CTest, if images can't be made, unless PROFILEGEN_REQUIRE_LIVE is set.
. "$(dirname "$0")/../../../scripts/prelude.sh"
. scripts/cache.sh
here=tests/live/images

skip() {
  [ -z "${PROFILEGEN_REQUIRE_LIVE:-}" ] || die "$*"
  say "skipped: $*"
  exit 77
}
make=build
if [ "${1:-}" = --archive ]; then make=archive && shift; fi
[ $# -gt 0 ] || die "usage: build.sh [--archive] NAME... ($(cd "$here" && printf '%s ' */))"
[ "$(id -u)" -eq 0 ] || skip "only root can make root file systems"
[ "$make" = archive ] || docker version >/dev/null 2>&1 || skip "no Docker engine answers"

# recipe NAME: a digest of everything that the image is made from.
recipe() {
  find "$here/$1" "$here/build.sh" scripts/debian-*.sh -type f -print0 | sort -z | xargs -0 sha256sum | sha256sum |
    cut -c 1-16
}

# archive NAME: prints the path of the file system's tar file, and makes it if necessary.
archive() { cached "image-$1" "$(recipe "$1")" make_archive "$1"; }

make_archive() {
  mkdir "$2.tree"
  "$here/$1/tree.sh" "$2.tree"
  tar --create --numeric-owner --file "$2" --directory "$2.tree" .
}

build() {
  local name=$1 image=profilegen-test/$1 digest tar line changes=()
  digest=$(recipe "$name")
  if [ "$(docker image inspect --format '{{index .Config.Labels "recipe"}}' "$image" 2>/dev/null)" != "$digest" ]; then
    say "making $image"
    while read -r line; do changes+=(--change "$line"); done <"$here/$name/config"
    tar=$(archive "$name")
    docker import --change "LABEL recipe=$digest" "${changes[@]}" "$tar" "$image" >/dev/null
  fi
}

for name in "$@"; do
  [ -f "$here/$name/tree.sh" ] || die "there is no recipe $here/$name"
  "$make" "$name"
done
