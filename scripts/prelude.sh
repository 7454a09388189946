# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash
# What every script here begins with: strictness, the top of the tree as working directory, messages, root.
set -euo pipefail
# What fails within $(...) ends it all, too: an image was once made of a tree that could not be.
shopt -s inherit_errexit
cd "$(dirname "${BASH_SOURCE[0]}")/.."
# A root shell made by `su` has no sbin in its PATH.
PATH=$PATH:/usr/local/sbin:/usr/sbin:/sbin

step() { printf '\n== %s\n' "$*" >&2; }
say() { printf '%s\n' "$*" >&2; }
die() {
  printf '%s: %s\n' "$(basename "$0")" "$*" >&2
  exit 1
}

# become_root WHY "$@": starts the script again through sudo when it has to.
become_root() {
  local why=$1
  shift
  [ "$(id -u)" -ne 0 ] || return 0
  command -v sudo >/dev/null || die "needs root ($why): run it as root, or install sudo"
  say "$(basename "$0"): using sudo ($why)"
  exec sudo --preserve-env=CI,DEBIAN_MIRROR,DOCKER_HOST,PROFILEGEN_CACHE,PROFILEGEN_PRESET -- "$0" "$@"
}
