/* SPDX-License-Identifier: (BSD-2-Clause OR GPL-2.0-only)
 *
 * Tells capabilities that a policy has taken from a thread from those that the thread would not have anyway.
 */
#ifndef PROFILEGEN_GIVEN_UP_H
#define PROFILEGEN_GIVEN_UP_H

#include "needless.h"

/*
 * Only root that has given up nothing has all that its bounding set allows, and would have more if that were larger.
 * The sets of any other thread are its own doing or its user's. No thread has a capability in a namespace above its
 * own. In a nested user namespace of the engine's, root's number is not known here, so there each thread counts as
 * root.
 */
static __always_inline bool has_given_up(const struct cred *own, __u64 target_ns, const struct pg_run *run)
{
  struct user_namespace *ns = BPF_CORE_READ(own, user_ns);

  if (!watch_refusals)
    return false;
  if ((__u64)ns != run->user_ns || target_ns != run->user_ns)
    return true;
  if (BPF_CORE_READ(ns, level) == 0 && BPF_CORE_READ(own, euid.val))
    return true;
  return capability_set(&own->cap_effective) != capability_set(&own->cap_bset);
}

#endif
