/* SPDX-License-Identifier: (BSD-2-Clause OR GPL-2.0-only)
 *
 * Recognizes capability checks whose result changes nothing: the kernel checks first, and finds only then that no
 * capability was necessary. They mean no need, whether granted or denied. The arguments of the call tell them apart.
 */
#ifndef PROFILEGEN_NEEDLESS_H
#define PROFILEGEN_NEEDLESS_H

#include "own_argument.h"

#define CAP_FSETID 4
#define CAP_SETGID 6
#define CAP_SETUID 7
#define CAP_SETPCAP 8
#define CAP_SYS_ADMIN 21
#define S_ISGID 02000
#define CLONE_NEW_ANY 0x7e020000        /* CLONE_NEW{NS,CGROUP,UTS,IPC,USER,PID,NET} */
#define CAPABILITY_VERSION_1 0x19980330 /* include/uapi/linux/capability.h: a set is one word, in later ones two */

static __always_inline __u64 capability_set(const struct kernel_cap_struct *capabilities)
{
  __u64 set = 0;

  bpf_core_read(&set, sizeof(set), capabilities);
  return set;
}

/* Every mmap and fork checks whether it may overcommit memory; a build with gcc does so 2000 times. */
static __always_inline bool is_overcommit(int capability, __u64 traits, __u64 clone_flags)
{
  if (capability != CAP_SYS_ADMIN || !(traits & PG_TRAIT_OVERCOMMIT))
    return false;
  return !(traits & PG_TRAIT_CLONE && clone_flags & CLONE_NEW_ANY);
}

/* The check comes before the kernel looks whether the new mode has the bit at all (setattr_prepare() in fs/attr.c). */
static __always_inline bool is_of_no_bit(int capability, __u64 traits)
{
  if (capability != CAP_FSETID || !(traits & (PG_TRAIT_MODE_1 | PG_TRAIT_MODE_2)))
    return false;
  return !(own_argument(traits & PG_TRAIT_MODE_1 ? 1 : 2) & S_ISGID);
}

struct pg_ids {
  __u32 real, effective, saved;
};

/*
 * The thread already has the id that it sets, which needs no capability (kernel/sys.c). With the capability setuid(2)
 * also sets the real and the saved id, so that nothing changes only if both have this value already. In a user
 * namespace the numbers in the arguments differ from those in the credentials, so there each check counts.
 */
static __always_inline bool is_of_own_id(const struct cred *own, int capability, __u64 traits)
{
  struct pg_ids ids;

  if (!(traits & (PG_TRAIT_SET_ID | PG_TRAIT_SET_THREE_IDS)) || BPF_CORE_READ(own, user_ns, level))
    return false;
  if (capability == CAP_SETUID) {
    ids.real = BPF_CORE_READ(own, uid.val);
    ids.effective = BPF_CORE_READ(own, euid.val);
    ids.saved = BPF_CORE_READ(own, suid.val);
  } else if (capability == CAP_SETGID) {
    ids.real = BPF_CORE_READ(own, gid.val);
    ids.effective = BPF_CORE_READ(own, egid.val);
    ids.saved = BPF_CORE_READ(own, sgid.val);
  } else {
    return false;
  }
  if (traits & PG_TRAIT_SET_ID)
    return (__u32)own_argument(0) == ids.real && ids.real == ids.saved;
#pragma unroll
  for (int i = 0; i < 3; i++) {
    __u32 wanted = (__u32)own_argument(i);
    if (wanted != (__u32)-1 && wanted != ids.real && wanted != ids.effective && wanted != ids.saved)
      return false;
  }
  return true;
}

/* Whether this inheritable set needs CAP_SETPCAP (cap_capset() in commoncap.c). */
static __always_inline bool inherits_more(const struct cred *own, __u64 wanted)
{
  return wanted & ~(capability_set(&own->cap_inheritable) | capability_set(&own->cap_permitted));
}

/* Reads which sets the current call, capset(2), asks for. */
static __always_inline bool read_wanted_sets(__u64 *permitted, __u64 *inheritable)
{
  __u32 version = 0;
  __u32 sets[6] = {}; /* effective, permitted, inheritable: first the low words, then the high ones */

  if (bpf_probe_read_user(&version, sizeof(version), (void *)own_argument(0)))
    return false;
  __u32 size = version == CAPABILITY_VERSION_1 ? sizeof(sets) / 2 : sizeof(sets);
  if (bpf_probe_read_user(sets, size, (void *)own_argument(1)))
    return false;
  *permitted = (__u64)sets[4] << 32 | sets[1];
  *inheritable = (__u64)sets[5] << 32 | sets[2];
  return true;
}

/* capset(2) checks CAP_SETPCAP before it looks whether the inheritable set grows. */
static __always_inline bool is_within_own_set(const struct cred *own, int capability, __u64 traits)
{
  __u64 permitted, inheritable;

  if (capability != CAP_SETPCAP || !(traits & PG_TRAIT_CAPSET))
    return false;
  return read_wanted_sets(&permitted, &inheritable) && !inherits_more(own, inheritable);
}

static __always_inline bool is_needless(struct task_struct *task, int capability, __u64 traits)
{
  if (!traits)
    return false;
  const struct cred *own = BPF_CORE_READ(task, real_cred);

  return is_overcommit(capability, traits, own_argument(0)) || is_of_no_bit(capability, traits) ||
         is_of_own_id(own, capability, traits) || is_within_own_set(own, capability, traits);
}

#endif
