#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# round.sh FILTER: starts a runtime under a seccomp filter once in each way that engines use: for a container, and for a
# program in a running container. podman's configuration sets its runtime and storage.
. "$(dirname "$0")/../prelude.sh"
. scripts/podman-host.sh
filter=$1

# way NAME RUN_OPTIONS -- EXEC_OPTIONS
way() {
  local name=floor-$1 run=()
  shift
  while [ "$1" != -- ]; do run+=("$1") && shift; done
  shift
  podman run --detach --name "$name" --network none "${podman_limits[@]}" --security-opt "seccomp=$filter" \
    "${run[@]}" profilegen-floor sleep 60 >/dev/null
  podman exec "$@" "$name" true
  [[ $name != *health* ]] || podman healthcheck run "$name"
  podman rm --force --time 0 "$name" >/dev/null
}

confined=(--security-opt no-new-privileges)
for user in root user; do
  as=(--user 0)
  [ "$user" = root ] || as=(--user 1000:1000 --workdir /home)
  way "$user" "${as[@]}" -- "${as[@]}"
  way "$user-tty" "${as[@]}" --tty -- --tty "${as[@]}"
  way "$user-nnp" "${as[@]}" "${confined[@]}" -- "${as[@]}"
  way "$user-tty-nnp" "${as[@]}" "${confined[@]}" --tty -- --tty "${as[@]}"
done
way init-health --init --health-cmd true --health-interval disable -- --user 1000
way init-health-nnp "${confined[@]}" --init --health-cmd true --health-interval disable -- --user 1000
