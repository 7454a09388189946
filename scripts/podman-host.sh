# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash
# Sets up a separate podman; source this after prelude.sh.
#   in_podman_host COMMAND...   runs COMMAND in a new mount namespace, in which podman_host can be called
#   podman_host DIRECTORY RUNTIME DRIVER   makes `podman`, for all programs in the namespace, use this runtime (name or
#                               path), and keep images and containers in DIRECTORY with this storage driver

in_podman_host() { unshare --mount --propagation private "$@"; }

# Uses configuration files, so that questions of a recorder reach the same podman.
podman_host() {
  # podman keeps its locks there, which belong to one storage.
  mount -t tmpfs tmpfs /dev/shm
  mount -t tmpfs tmpfs /run
  # crun does not run if both versions of cgroups are mounted.
  if mountpoint -q /sys/fs/cgroup/unified; then umount /sys/fs/cgroup/unified; fi
  mkdir -p "$1"
  printf '[storage]\ndriver = "%s"\ngraphroot = "%s"\nrunroot = "/run/storage"\n' "$3" "$1/storage" >"$1/storage.conf"
  printf '[engine]\nruntime = "%s"\ncgroup_manager = "cgroupfs"\nevents_logger = "none"\n' "$2" >"$1/containers.conf"
  export CONTAINERS_STORAGE_CONF=$1/storage.conf CONTAINERS_CONF=$1/containers.conf
  export PODMAN_IGNORE_CGROUPSV1_WARNING=1 # podman 5 prints the warning into the container's output
}

# Limits that every machine allows: podman would ask for higher ones, which need CAP_SYS_RESOURCE.
# shellcheck disable=SC2034  # used by the scripts that source this file
podman_limits=(--ulimit nofile=1024:1024 --ulimit nproc=1000:1000)
