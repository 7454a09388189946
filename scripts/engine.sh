# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash
# A Docker engine for the time of one script; sourced after prelude.sh. Its data is its own and goes with it.
#   engine_up     true when an engine answers, started by us if need be; else the reason is in $engine_missing
#   engine_down   stops the engine if we started it
# PROFILEGEN_ENGINE_DATA is another place for its data than build/engine.
# shellcheck disable=SC2034  # read by those who source this
engine_missing=
engine_pid=
engine_run=
engine_data=${PROFILEGEN_ENGINE_DATA:-$PWD/build/engine}

engine_answers() { timeout 20 docker version >/dev/null 2>&1; }

engine_up() {
  if ! command -v docker >/dev/null; then
    engine_missing="there is no docker client (Debian's package docker.io has it, from Debian 13 on docker-cli)"
  elif engine_answers; then
    return 0
  elif ! command -v dockerd >/dev/null; then
    engine_missing="no Docker engine answers, and there is no dockerd to start (Debian's package docker.io has it)"
  elif [ "$(id -u)" -ne 0 ]; then
    engine_missing="no Docker engine answers, and only root can start one"
  else
    engine_start
    return
  fi
  return 1
}

engine_start() {
  # Paths of sockets are limited to 107 bytes, so they don't lie in the build tree, however deep it is.
  engine_run=$(mktemp -d /tmp/profilegen-engine.XXXXXX)
  mkdir -p "$engine_data"
  export DOCKER_HOST=unix://$engine_run/docker.sock
  # In a session of its own: Ctrl-C is for the script, which then stops the engine in order.
  setsid dockerd --host "$DOCKER_HOST" --data-root "$engine_data/data" --exec-root "$engine_run/exec" \
    --pidfile "$engine_data/pid" >"$engine_data/log" 2>&1 &
  engine_pid=$!
  for _ in $(seq 120); do
    engine_answers && return 0
    kill -0 "$engine_pid" 2>/dev/null || break
    sleep 0.5
  done
  engine_missing="dockerd does not start: $(tail -n 1 "$engine_data/log")"
  engine_down
  return 1
}

engine_down() {
  [ -n "$engine_pid" ] || return 0
  # It may have ended by itself, which is no failure here.
  if kill -TERM "$engine_pid" 2>/dev/null; then wait "$engine_pid" || :; fi
  unset DOCKER_HOST
  engine_pid=
  # What dockerd leaves mounted: where mounts are private its data on itself, when it could not start; and the network
  # namespace of containers that used the host's.
  local place
  while read -r place; do umount "$place"; done < <(
    awk -v run="$engine_run/" -v data="$engine_data/data" \
      'index($5, run) == 1 || $5 == data || index($5, data "/") == 1 { print $5 }' /proc/self/mountinfo | sort -r)
  rm -rf "$engine_run" "$engine_data/data"
}
