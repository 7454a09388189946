# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash
# The common beginning of both tests; sourced with BUILD-DIRECTORY as $1.
. "$(dirname "${BASH_SOURCE[0]}")/../../scripts/prelude.sh"
# shellcheck disable=SC2034  # used by the scripts that source this file
packages=$1/packages

skip() {
  say "skipped, missing: $*"
  [ -z "${PROFILEGEN_REQUIRE_LIVE:-}" ] || exit 1
  exit 77
}
[ "$(id -u)" -eq 0 ] || skip "root"
command -v debootstrap >/dev/null || skip "debootstrap"

work=$(mktemp -d /tmp/profilegen-packages.XXXXXX)
mounted=()
clean_up() {
  local place
  for place in "${mounted[@]}"; do umount --recursive --lazy "$place"; done
  rm -rf --one-file-system "$work"
}
trap clean_up EXIT

# mount_into TREE: mounts what a running machine has mounted. Mounts made in the tree do not reach this machine.
mount_into() {
  local place
  for place in proc sys dev; do
    mount --rbind "/$place" "$1/$place"
    mount --make-rslave "$1/$place"
    mounted+=("$1/$place")
  done
}
