# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash
# Keeps what is expensive to make outside the clone, for later runs and other clones; source this after prelude.sh.
#   cached NAME KEY MAKE...   prints the path of NAME. If there is none for this KEY, first runs `MAKE... PATH` to make
# it.
#                             (Don't call it in a condition, where bash ignores failing commands.)
#   digest_of TEXT [FILE...]   a KEY made from everything that determines the result
# The cache is in PROFILEGEN_CACHE, else in /var/cache/profilegen for root, else in ~/.cache/profilegen. It may be
# removed whenever no test is running. An entry that has not been used for 30 days is removed when another entry of its
# name is made.

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
  # If two processes want the same entry, one makes it and the other waits. The lock file's age tells the last use.
  (
    flock 9
    [ -e "$place" ] || cache_make "$place" "$@" 9>&-
  ) 9>"$place.lock"
  printf '%s\n' "$place"
}

# The result is renamed to its name only when it is complete. What an interrupted run leaves is removed by the next one.
cache_make() {
  local place=$1 work
  shift
  rm -rf "$place".new.*
  cache_forget "${place%-*}"
  work=$(mktemp -d "$place.new.XXXXXX")
  # shellcheck disable=SC2064  # expands $work now
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
