# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash disable=SC2034,SC2154  # sourced by quickstart.sh, which shares its variables
# Runs nginx in a container. There may be no registry, so the image is made from Debian's packages and kept in build/.
image=profilegen-quickstart/nginx
container=profilegen-quickstart-$$
rootfs=build/images/quickstart-nginx.tar

prepare() {
  if docker image inspect "$image" >/dev/null 2>&1; then return 0; fi
  local tree=build/images/quickstart-nginx.tree
  if [ ! -f "$rootfs" ]; then
    ./scripts/install-deps.sh debootstrap
    say "making a Debian image with nginx (about a minute, once)"
    rm -rf "$tree"
    mkdir -p build/images
    ./scripts/debian-tree.sh "$tree" nginx
    tar --create --numeric-owner --file "$rootfs.new" --directory "$tree" .
    mv "$rootfs.new" "$rootfs"
    rm -rf "$tree"
  fi
  docker import --change 'EXPOSE 80' --change 'CMD ["nginx", "-g", "daemon off;"]' "$rootfs" "$image" >/dev/null
}

# Uses the container's own address, so that no port of this machine is taken.
get_address() {
  local address
  address=$(docker inspect --format '{{.NetworkSettings.IPAddress}}' "$container" 2>/dev/null) || return 1
  url=http://$address/
  [ -n "$address" ]
}

record() {
  start "$profilegen" record -o "$trace" -- docker run --rm --name "$container" "$image"
  eventually get_address || die "the container did not start"
}

stop_nginx() { docker stop "$container" >/dev/null; }

show_flags() {
  say "$bundle/docker.flags:"
  sed 's/^/    /' "$bundle/docker.flags" >&2
}

run_confined() {
  # The flags are split into words as a user's shell would do it.
  # shellcheck disable=SC2046
  start docker run --rm --name "$container" $(cat "$bundle/docker.flags") "$image"
  eventually get_address || die "the container did not start under its policy"
}

try_refused() {
  docker run --rm "$image" chroot / /bin/true || die "chroot does not even work under Docker's default policy"
  refused "chroot, which Docker's default policy allows" docker exec "$container" chroot / /bin/true
  refused "writing to /etc" docker exec "$container" sh -c 'echo changed >/etc/motd'
}

remove_leftovers() {
  if [ -n "$(docker ps --all --quiet --filter "name=^$container\$")" ]; then
    docker rm --force --volumes "$container" >/dev/null
  fi
}
