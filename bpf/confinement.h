/* SPDX-License-Identifier: (BSD-2-Clause OR GPL-2.0-only)
 *
 * Notes how a container's first program is confined (pg_confinement of include/profilegen/abi.h). It is read when the
 * program is executed: the runtime is done by then, and the program has made no call by which it could give up rights.
 */
#ifndef PROFILEGEN_CONFINEMENT_H
#define PROFILEGEN_CONFINEMENT_H

#include "needless.h"

#define PFA_NO_NEW_PRIVS 0 /* include/linux/sched.h: a bit of atomic_flags */
#define MNT_READONLY 0x40  /* include/linux/mount.h */
#define SB_RDONLY 1        /* include/linux/fs.h */
#define MOST_FILTERS 8

/* The filters that the task got since it had `base`: each points to the one that was there before. */
static __always_inline __u32 filters_beyond(struct task_struct *task, __u64 base)
{
  struct seccomp_filter *filter = BPF_CORE_READ(task, seccomp.filter);
  __u32 count = 0;

  for (int i = 0; i < MOST_FILTERS; i++) {
    if (!filter || (__u64)filter == base)
      break;
    filter = BPF_CORE_READ(filter, prev);
    count++;
  }
  return count;
}

static __always_inline bool has_read_only_root(struct task_struct *task)
{
  struct vfsmount *mount = BPF_CORE_READ(task, fs, root.mnt);

  return BPF_CORE_READ(mount, mnt_flags) & MNT_READONLY || BPF_CORE_READ(mount, mnt_sb, s_flags) & SB_RDONLY;
}

static __always_inline void note_confinement(struct pg_run *run, const struct pg_task *state, struct task_struct *task)
{
  const struct cred *own = BPF_CORE_READ(task, real_cred);
  struct pg_confinement *found = &run->confinement;

  found->bounding = capability_set(&own->cap_bset);
  found->permitted = capability_set(&own->cap_permitted);
  found->filters = filters_beyond(task, state->base_filter);
  found->no_new_privileges = BPF_CORE_READ(task, atomic_flags) >> PFA_NO_NEW_PRIVS & 1;
  found->read_only_root = has_read_only_root(task);
  found->noted = 1;
}

#endif
