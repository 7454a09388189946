#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# image_test.sh BUILD-DIRECTORY: profilegen in a container records another container, with only the capabilities that
# scripts/image/Dockerfile names.
. "$(dirname "$0")/live.sh"
docker version >/dev/null 2>&1 || skip "a Docker engine that answers"
image=profilegen-test/profilegen base=profilegen-test/debian

step "build the image"
./scripts/debian-tree.sh "$work/tree"
tar --create --directory "$work/tree" . | docker import - "$base" >/dev/null
proxies=()
for name in http_proxy https_proxy; do [ -z "${!name:-}" ] || proxies+=(--build-arg "$name=${!name}"); done
docker build --quiet --network host --build-arg BASE="$base" "${proxies[@]}" -t "$image" -f scripts/image/Dockerfile "$packages" >/dev/null

# Engines that do not know CAP_BPF use SYS_ADMIN instead.
loader=(--cap-add=BPF --cap-add=PERFMON)
docker run --rm "${loader[@]}" "$image" --version >/dev/null 2>&1 || loader=(--cap-add=SYS_ADMIN)
recorder() {
  docker run --rm --name profilegen-image-recorder --pid=host --cgroupns=host --cap-drop=ALL "${loader[@]}" --cap-add=SYS_PTRACE --cap-add=DAC_READ_SEARCH \
    --security-opt=seccomp=unconfined --security-opt=apparmor=unconfined \
    -v "$socket:/var/run/docker.sock" -v "$work:/traces" "$image" "$@"
}
socket=${DOCKER_HOST:-unix:///var/run/docker.sock}
socket=${socket#unix://}

step "record from a container (${loader[*]})"
recorder record --container profilegen-image-test -o /traces/ 2>"$work/said" &
for _ in $(seq 100); do
  if grep -q "recording the containers" "$work/said"; then break; fi
  sleep 0.1
done
docker run --rm --name profilegen-image-test profilegen-test/busybox sh -c 'echo x > /tmp/made; chown 1:1 /tmp/made'
docker stop --time 60 profilegen-image-recorder >/dev/null
wait $!
cat "$work/said"
trace=$work/profilegen-image-test.trace.json
"$1/src/cli/profilegen" emit "$trace" -o "$work/out" || die "the trace is not whole"
grep -q -- --cap-add=CHOWN "$work/out/docker.flags" || die "the capability that was used is missing"
grep -q -- --tmpfs=/tmp "$work/out/docker.flags" || die "the written place is missing"

step "without a capability it says what is missing"
if docker run --rm --pid=host --cap-drop=ALL "$image" record -- true 2>"$work/refused"; then die "it recorded without privileges"; fi
grep -q "needs privileges that are missing here: CAP_BPF CAP_PERFMON CAP_SYS_PTRACE CAP_DAC_READ_SEARCH" "$work/refused"
