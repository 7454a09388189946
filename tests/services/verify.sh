#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# verify.sh BUILD [OPTION...] SERVICE...: asks verify about real services under their own policies, with docker.
# The load that was recorded must be clean. What a second load (`more`) lacks is named, and must pass once exactly that is
# allowed. One call, one capability and one writable place that are taken out of the bundle must be named first; the table
# has what else was denied afterwards, since a program that fails does what it did not do before.
#   --list DIR      the services' files (default: tests/services/list)
#   --image IMAGE   that they are in (default: the tests' own)
# Prints a table, one row for each service. Exit status 77 if this can't be done, unless PROFILEGEN_REQUIRE_LIVE is set.
#
# The files of the list are those of services.sh, with one function more:
#   more            USER: work of the client that `load` does not do; unset if there is none
. "$(dirname "$0")/../../scripts/prelude.sh"
here=tests/services
[ $# -ge 2 ] || die "usage: $(sed -n '3s/^# \([^:]*\):.*/\1/p' $here/verify.sh)"
profilegen=$(realpath "$1")/src/cli/profilegen
work=$(realpath "$1")/verified
image="profilegen-test/services"
list=$here/list
shift

services=()
while [ $# -gt 0 ]; do
  case $1 in
    --list) list=$2 && shift ;;
    --image) image=$2 && shift ;;
    -*) die "unknown option $1" ;;
    *) services+=("$1") ;;
  esac
  shift
done

skip() {
  [ -z "${PROFILEGEN_REQUIRE_LIVE:-}" ] || die "$*"
  say "skipped: $*"
  exit 77
}
[ "$(id -u)" -eq 0 ] || skip "recording needs root"
command -v docker >/dev/null || skip "there is no docker"

. "$here/one.sh"

# client_or_patience WORK: a service from which something was taken may never answer, so its client has 20 seconds.
client_or_patience() {
  local worker tries=0
  "$1" "$user" &
  worker=$!
  while kill -0 "$worker" 2>/dev/null && [ "$tries" -lt 200 ]; do
    tries=$((tries + 1))
    sleep 0.1
  done
  [ "$tries" -lt 200 ] || "$engine" stop "$container" >/dev/null 2>&1 || :  # then its client fails
  wait "$worker"
}

# under NAME BUNDLE WORK [OPTION...]: runs the service under verify with WORK, a function, as its client's work, which may
# fail: verify says why. Sets $denied to what it named.
under() {
  local log=$directory/$1.log bundle=$2 client_work=$3 started
  shift 3
  "$profilegen" verify "$bundle" "$@" -- "${run[@]}" "${options[@]}" "$image" "${command[@]}" >"$log" 2>&1 &
  started=$!
  if [ "$(type -t load)" = function ]; then
    if ! listens_soon "$started"; then
      say "$service: it never listens"
    elif ! client_or_patience "$client_work" >"$log.client" 2>&1; then
      say "$service: its client fails: $(tail -n 1 "$log.client")"
    fi
    "$engine" stop "$container" >/dev/null 2>&1 || :  # it may have ended by itself
  fi
  wait "$started" || :  # what it found is in its log
  denied=$(sed -n 's/^profilegen: denied: //p' "$log" | awk '!seen[$0]++')
}

# Sets $row's second cell.
same_load() {
  under same "$directory/policy" load
  [ -z "$denied" ] || failed "verify names what its own recording has: $denied" "$directory/same.log"
  grep --quiet 'nothing was denied' "$directory/same.log" || failed "verify has no verdict" "$directory/same.log"
  row+=("nothing denied")
}

# A denial that stops the program hides the next: each round allows what the one before has named.
second_load() {
  local bundle=$directory/policy round named=
  [ "$(type -t more)" = function ] || { row+=("-" "-") && return; }
  for round in 1 2 3 4; do
    under "more-$round" "$bundle" more --fix "$directory/wider-$round"
    [ -n "$denied" ] || break
    named+=$denied$'\n'
    bundle=$directory/wider-$round
  done
  [ -z "$denied" ] || failed "after $round rounds still denied: $denied" "$directory/more-$round.log"
  named=$(subjects_of "$named")
  row+=("${named:-nothing}" "passes in round $round")
}

# without KIND: one thing of that kind is taken out, and verify must name it before anything else.
without() {
  local kind=$1 taken others
  taken=$("$here/narrow.py" "$kind" "$directory/policy/profile.json" "$directory/$kind.json")
  [ -n "$taken" ] || { row+=("-") && return; }
  "$profilegen" emit --quiet "$directory/$kind.json" -o "$directory/narrow-$kind"
  under "without-$kind" "$directory/narrow-$kind" load
  grep --quiet --fixed-strings "$taken" <<<"$denied" || failed "verify does not name $taken" "$directory/without-$kind.log"
  others=$(grep --invert-match --fixed-strings "$taken" <<<"$denied") || others=
  row+=("$taken${others:+, then $(subjects_of "$others")}")
}

# subjects_of DENIALS: what was denied, without by whom.
subjects_of() {
  sed 's/, answered.*//; s/, by .*//; s/, read-only.*//; /^$/d' <<<"$1" | sort --unique | paste --serial --delimiters=';' | sed 's/;/; /g'
}

verify_one() {
  local service=$1 user=root directory=$work/$1 denied row=("$1")
  use_engine docker
  read_service "$list" "$service" root
  if [ ${#command[@]} -eq 0 ]; then user=user && read_service "$list" "$service" user; fi
  rm -rf "$directory"
  mkdir -p "$directory"
  drive "$directory/recorded.out" "$profilegen" record --quiet -o "$directory/trace.json" -- \
    "${run[@]}" "${options[@]}" "$image" "${command[@]}"
  "$profilegen" emit --quiet "$directory/trace.json" -o "$directory/policy"
  same_load
  second_load
  for kind in call capability hole; do without "$kind"; done
  local IFS='|'
  echo "| ${row[*]} |" | sed 's/|/ | /g; s/^ //; s/  */ /g; s/ $//' >>"$work/table"
}

[ "$image" != profilegen-test/services ] || tests/live/images/build.sh services
mkdir -p "$work"
printf '| %s |\n| --- | --- | --- | --- | --- | --- | --- |\n' \
  "program | the same load | a second load lacks | with exactly that allowed | without a call | without a capability | without a writable place" \
  >"$work/table"
for service in "${services[@]}"; do verify_one "$service"; done
cat "$work/table"
