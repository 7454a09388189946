#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# cache_test.sh: checks what scripts/cache.sh promises.
. "$(dirname "$0")/../../scripts/prelude.sh"
. scripts/cache.sh
PROFILEGEN_CACHE=$(mktemp -d)
trap 'rm -rf "$PROFILEGEN_CACHE"' EXIT
fail() { die "FAILED: $*"; }
made() { wc -l <"$PROFILEGEN_CACHE/made"; }

# make TEXT FILE: takes a while, and records each run.
make() {
  echo >>"$PROFILEGEN_CACHE/made"
  until [ ! -e "$PROFILEGEN_CACHE/wait" ]; do sleep 0.01; done
  printf %s "$1" >"$2"
}

step "what is there is not made again"
place=$(cached thing 1 make one)
[ "$(cat "$place")" = one ] || fail "it is not what was made"
[ "$(cached thing 1 make two)" = "$place" ] || fail "it is found elsewhere"
[ "$(made)" -eq 1 ] || fail "it was made twice"
[ "$(cat "$(cached thing 2 make two)")" = two ] || fail "another key is the same thing"

step "of two that want it at the same time one makes it"
touch "$PROFILEGEN_CACHE/wait"
(cached thing 3 make first >"$PROFILEGEN_CACHE/first") &
(cached thing 3 make second >"$PROFILEGEN_CACHE/second") &
until [ "$(made)" -ge 3 ]; do sleep 0.01; done
[ ! -e "$PROFILEGEN_CACHE/thing-3" ] || fail "it has its name before it is whole"
rm "$PROFILEGEN_CACHE/wait"
wait
[ "$(made)" -eq 3 ] || fail "both made it"
cmp "$PROFILEGEN_CACHE/first" "$PROFILEGEN_CACHE/second" || fail "they are told different places"

step "what could not be made is not there, and made by the next one"
break_off() { touch "$1" && exit 3; }
status=0
# In a subshell: within a condition, bash would ignore failing commands.
(cached thing 4 break_off) >"$PROFILEGEN_CACHE/out" &
wait $! || status=$?
[ "$status" -ne 0 ] || fail "nobody is told that it could not be made"
[ ! -s "$PROFILEGEN_CACHE/out" ] || fail "a place is told all the same"
[ -z "$(find "$PROFILEGEN_CACHE" -name 'thing-4*' ! -name '*.lock')" ] || fail "half of it is left"
mkdir "$PROFILEGEN_CACHE/thing-4.new.left"
[ "$(cat "$(cached thing 4 make four)")" = four ] || fail "it can't be made any more"
[ ! -e "$PROFILEGEN_CACHE/thing-4.new.left" ] || fail "what a killed run left is still there"

step "what nobody has used for long goes, what is in use stays"
touch --date '40 days ago' "$PROFILEGEN_CACHE/thing-1.lock" "$PROFILEGEN_CACHE/thing-2.lock"
place=$(cached thing 2 make again)
place=$(cached thing 5 make five)
[ ! -e "$PROFILEGEN_CACHE/thing-1" ] || fail "it is still there"
[ "$(cat "$PROFILEGEN_CACHE/thing-2")" = two ] || fail "what was used just now is gone"

step "the key is what it is made of"
printf x >"$PROFILEGEN_CACHE/recipe"
before=$(digest_of text "$PROFILEGEN_CACHE/recipe")
[ "$(digest_of text "$PROFILEGEN_CACHE/recipe")" = "$before" ] || fail "it changes by itself"
[ "$(digest_of other "$PROFILEGEN_CACHE/recipe")" != "$before" ] || fail "the text does not count"
printf y >"$PROFILEGEN_CACHE/recipe"
[ "$(digest_of text "$PROFILEGEN_CACHE/recipe")" != "$before" ] || fail "the file does not count"
