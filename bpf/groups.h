/* SPDX-License-Identifier: (BSD-2-Clause OR GPL-2.0-only)
 *
 * Reads the supplementary groups of a thread, by which user space judges permissions of files.
 */
#ifndef PROFILEGEN_GROUPS_H
#define PROFILEGEN_GROUPS_H

#include "recording.h"

/* Reads PG_GROUPS of them at most, and returns how many there are. */
static __always_inline __u32 read_groups(__u32 *to, struct task_struct *task)
{
  struct group_info *groups = BPF_CORE_READ(task, real_cred, group_info);
  __u32 count = BPF_CORE_READ(groups, ngroups);
  __u32 known = count > PG_GROUPS ? PG_GROUPS : count;

  barrier_var(known);
  bpf_core_read(to, (known & PG_GROUPS) * sizeof(*to), &groups->gid);
  return count;
}
_Static_assert((PG_GROUPS & (PG_GROUPS + 1)) == 0, "PG_GROUPS is used as a mask");

#endif
