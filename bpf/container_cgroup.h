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
 * The nearest one whose name is long enough to hold a container's id, or NULL. crun and systemd put processes into
 * cgroups below it.
 */
static __always_inline struct cgroup *named_cgroup(struct cgroup *cgroup)
{
  char name[ID_LENGTH + 1];

  for (int i = 0; i < CGROUPS_IN_A_CONTAINER && cgroup; i++) {
    /* The length counts the end: a name of 64 bytes fills the buffer. */
    if (bpf_probe_read_kernel_str(name, sizeof(name), BPF_CORE_READ(cgroup, kn, name)) == sizeof(name))
      return cgroup;
    struct cgroup_subsys_state *parent = BPF_CORE_READ(cgroup, self.parent);
    cgroup = parent ? BPF_CORE_READ(parent, cgroup) : NULL;
  }
  return NULL;
}

/* Without any, the cgroup itself. */
static __always_inline struct cgroup *container_cgroup(struct cgroup *own)
{
  struct cgroup *named = named_cgroup(own);

  return named ? named : own;
}

#endif
