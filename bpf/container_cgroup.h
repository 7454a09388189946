/* SPDX-License-Identifier: (BSD-2-Clause OR GPL-2.0-only)
 *
 * Which cgroup stands for a container.
 */
#ifndef PROFILEGEN_CONTAINER_CGROUP_H
#define PROFILEGEN_CONTAINER_CGROUP_H

#include "recording.h"

#define ID_LENGTH 64
#define CGROUPS_IN_A_CONTAINER 8 /* nested ones through which its own is looked for */

/*
 * The nearest one whose name is long enough to hold a container's id, or 0. crun and systemd put processes into cgroups
 * below it. A global function, which is verified once: see walk_step() in paths.h.
 */
__weak __u64 named_cgroup(__u64 own)
{
  struct cgroup *cgroup = (struct cgroup *)own;
  char name[ID_LENGTH + 1];

  for (int i = 0; i < CGROUPS_IN_A_CONTAINER && cgroup; i++) {
    /* The length counts the end: a name of 64 bytes fills the buffer. */
    if (bpf_probe_read_kernel_str(name, sizeof(name), BPF_CORE_READ(cgroup, kn, name)) == sizeof(name))
      return (__u64)cgroup;
    struct cgroup_subsys_state *parent = BPF_CORE_READ(cgroup, self.parent);
    cgroup = parent ? BPF_CORE_READ(parent, cgroup) : NULL;
  }
  return 0;
}

/* Without any, the cgroup itself. */
static __always_inline struct cgroup *container_cgroup(struct cgroup *own)
{
  struct cgroup *named = (struct cgroup *)named_cgroup((__u64)own);

  return named ? named : own;
}

#endif
