# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash disable=SC2154  # sourced by quickstart.sh, which shares its variables
# The build, which shows how far it is: it takes minutes.

# show_progress: of ninja's output. On a terminal one line that moves each second, elsewhere a line every 15 seconds.
show_progress() {
  local line part='' count="0 of ?" began=$SECONDS told=$SECONDS seconds status
  while :; do
    status=0
    read -r -t 1 line || status=$?
    if [ "$status" -gt 128 ]; then # the second was over, perhaps in the middle of a line
      part+=$line
    elif [ "$status" -ne 0 ]; then
      break
    else
      if [[ $part$line =~ ^\[([0-9]+)/([0-9]+)\] ]]; then count="${BASH_REMATCH[1]} of ${BASH_REMATCH[2]}"; fi
      part=''
    fi
    seconds=$((SECONDS - began))
    if [ -t 2 ]; then
      printf '\r   %s steps, %d s' "$count" "$seconds" >&2
    elif [ $((SECONDS - told)) -ge 15 ]; then
      told=$SECONDS
      say "   $count steps, $seconds s"
    fi
  done
  if [ -t 2 ]; then printf '\n' >&2; fi
}

# What the compiler says is shown only where it fails.
build() {
  NINJA_STATUS='[%f/%t] ' cmake --build --preset release --target profilegen 2>&1 | tee "$work/build.log" | show_progress && return
  grep -v '^\[' "$work/build.log" | tail -n 40 >&2
  return 1
}
