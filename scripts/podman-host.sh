# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash
# A podman of one's own; sourced after prelude.sh.
#   in_podman_host COMMAND...   runs it in a mount namespace of its own, where podman_host is to be called
#   podman_host DIRECTORY RUNTIME DRIVER   from then on `podman`, and who asks it, uses this runtime (name or path), and
#                               keeps its images and containers in DIRECTORY by this storage driver

in_podman_host() { unshare --mount --propagation private "$@"; }

# By its configuration, so that a recorder's questions go to the same podman.
podman_host() {
  # Its locks lie there, and are those of one storage.
  mount -t tmpfs tmpfs /dev/shm
  mount -t tmpfs tmpfs /run
  # crun refuses a machine that has control groups of both versions.
  if mountpoint -q /sys/fs/cgroup/unified; then umount /sys/fs/cgroup/unified; fi
  mkdir -p "$1"
  printf '[storage]\ndriver = "%s"\ngraphroot = "%s"\nrunroot = "/run/storage"\n' "$3" "$1/storage" >"$1/storage.conf"
  printf '[engine]\nruntime = "%s"\ncgroup_manager = "cgroupfs"\nevents_logger = "none"\n' "$2" >"$1/containers.conf"
  export CONTAINERS_STORAGE_CONF=$1/storage.conf CONTAINERS_CONF=$1/containers.conf
  export PODMAN_IGNORE_CGROUPSV1_WARNING=1 # podman 5 says it among what the container says
}

# Limits below those of any machine: podman asks for higher ones, which takes CAP_SYS_RESOURCE.
# shellcheck disable=SC2034  # read by those who source this
podman_limits=(--ulimit nofile=1024:1024 --ulimit nproc=1000:1000)
