# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash
# What is expensive to make is kept outside the clone, for the next run and for other clones; sourced after prelude.sh.
#   cached NAME KEY MAKE...   prints the path of NAME, as it is made by `MAKE... PATH`, which runs if there is none yet
#                            (never as part of a condition, in which bash goes on after a command that fails)
#   digest_of TEXT [FILE...]   a KEY: what a thing is made of
# The place is PROFILEGEN_CACHE, or /var/cache/profilegen for root, or ~/.cache/profilegen. All of it may be removed at any
# time that no test runs. What nobody has used for 30 days goes when something of the same name is made.

cache_directory() {
  if [ -n "${PROFILEGEN_CACHE:-}" ]; then
    echo "$PROFILEGEN_CACHE"
  elif [ "$(id -u)" -eq 0 ]; then
    echo /var/cache/profilegen
  else
    echo "${XDG_CACHE_HOME:-$HOME/.cache}/profilegen"
  fi
}

digest_of() {
  { printf '%s\n' "$1" && cat /dev/null "${@:2}"; } | sha256sum | cut -c 1-16
}

cached() {
  local place
  place=$(cache_directory)/$1-$2
  shift 2
  mkdir -p "$(dirname "$place")"
  # Of two that want the same at the same time one makes it, and the other waits. The lock's age tells the last use.
  (
    flock 9
    [ -e "$place" ] || cache_make "$place" "$@" 9>&-
  ) 9>"$place.lock"
  printf '%s\n' "$place"
}

# It gets its name when it is whole: a run that was broken off leaves nothing that looks like it, and the next one takes that
# away.
cache_make() {
  local place=$1 work
  shift
  rm -rf "$place".new.*
  cache_forget "${place%-*}"
  work=$(mktemp -d "$place.new.XXXXXX")
  # shellcheck disable=SC2064  # that of now
  trap "rm -rf '$work'" EXIT
  "$@" "$work/made" >&2
  mv -T "$work/made" "$place"
  rm -rf "$work"
}

cache_forget() {
  local lock
  find "$(dirname "$1")" -maxdepth 1 -name "$(basename "$1")-*.lock" -mtime +30 -print0 |
    while IFS= read -r -d '' lock; do rm -rf "${lock%.lock}" "$lock"; done
}
