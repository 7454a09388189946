# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash
# The common beginning of all scripts: strict mode, the top of the tree as working directory, functions for messages and
# root.
set -euo pipefail
# A failure within $(...) ends the script too. Without this, an image was once made from an incomplete tree.
shopt -s inherit_errexit
cd "$(dirname "${BASH_SOURCE[0]}")/.."
# A root shell made by `su` has no sbin directories in its PATH.
PATH=$PATH:/usr/local/sbin:/usr/sbin:/sbin

step() { printf '\n== %s\n' "$*" >&2; }
say() { printf '%s\n' "$*" >&2; }
die() {
  printf '%s: %s\n' "$(basename "$0")" "$*" >&2
  exit 1
}

# become_root WHY "$@": if the user is not root, restarts the script through sudo.
become_root() {
  local why=$1
  shift
  [ "$(id -u)" -ne 0 ] || return 0
  command -v sudo >/dev/null || die "needs root ($why): run it as root, or install sudo"
  say "$(basename "$0"): using sudo ($why)"
  exec sudo --preserve-env=CI,DEBIAN_MIRROR,DOCKER_HOST,PROFILEGEN_CACHE,PROFILEGEN_PRESET -- "$0" "$@"
}
