# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash
# Starts a Docker engine for one script; source it after prelude.sh. The engine's data is separate, and is deleted at
# the end.
#   engine_up     true if an engine answers, started by us if necessary; otherwise $engine_missing says why not
#   engine_down   stops the engine if we started it
# PROFILEGEN_ENGINE_DATA sets the directory for its data (default: build/engine).
# shellcheck disable=SC2034  # used by the scripts that source this file
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
  # The path of a socket may have 107 bytes at most, so sockets are not placed in the build tree, which may lie deep.
  engine_run=$(mktemp -d /tmp/profilegen-engine.XXXXXX)
  mkdir -p "$engine_data"
  export DOCKER_HOST=unix://$engine_run/docker.sock
  # In a session of its own, so that Ctrl-C reaches only the script, which then stops the engine in order.
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
  # It may have ended already, which is no failure here.
  if kill -TERM "$engine_pid" 2>/dev/null; then wait "$engine_pid" || :; fi
  unset DOCKER_HOST
  engine_pid=
  # Unmounts what dockerd leaves mounted: its data directory on itself, if it could not start and mounts are private,
  # and the network namespace of containers that used the host's network.
  local place
  while read -r place; do umount "$place"; done < <(
    awk -v run="$engine_run/" -v data="$engine_data/data" \
      'index($5, run) == 1 || $5 == data || index($5, data "/") == 1 { print $5 }' /proc/self/mountinfo | sort -r)
  rm -rf "$engine_run" "$engine_data/data"
}
