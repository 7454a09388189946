/* SPDX-License-Identifier: (BSD-2-Clause OR GPL-2.0-only)
 *
 * Leaves a note with the current call that a capability was checked in it: see objects.h.
 */
#ifndef PROFILEGEN_CHECKED_CALLS_H
#define PROFILEGEN_CHECKED_CALLS_H

#include "capability_sites.h"
#include "registers.h"
#include "stacks.h"

static const struct pg_checked no_checks;

/*
 * The checks of the current call that are to be told, without those of an earlier call; NULL when the thread is in no
 * call whose return will be seen, or when there is no room.
 */
static __always_inline struct pg_checked *pending_checks(struct pg_task *state, struct pt_regs *regs)
{
  struct pg_call_state *at = call_state(state, regs);
  __u32 thread = (__u32)bpf_get_current_pid_tgid();

  if (at->place != PG_IN_CALL && at->place != PG_IN_PLAIN_CALL)
    return NULL;
  if (!(at->pending & PG_PENDING_OBJECTS) && bpf_map_update_elem(&checked_calls, &thread, &no_checks, BPF_ANY))
    return NULL;
  at->place = PG_IN_CALL;
  at->pending |= PG_PENDING_OBJECTS;
  return bpf_map_lookup_elem(&checked_calls, &thread);
}

static __always_inline bool is_noted(const struct pg_checked *checked, __u64 site)
{
#pragma unroll
  for (__u32 i = 0; i < PG_CHECKED; i++)
    if (i < checked->count && checked->sites[i].site == site)
      return true;
  return false;
}

/*
 * Has the return of the current call tell what the check at this place was about (objects.h), for the first checks
 * there. `cred`: whose rights were checked. access(2) has a copy with other ids.
 */
static __noinline int ask_for_object(struct pg_site *site, __u32 capability, __u64 cred)
{
  struct task_struct *task = current_task();
  struct pg_task *state = member_state(task);

  if (!site || !state || site->told >= PG_OBJECT_CHECKS)
    return 0;
  struct pg_checked *checked = pending_checks(state, user_registers(task));
  if (!checked || checked->count >= PG_CHECKED || is_noted(checked, site->id))
    return 0;
  struct pg_checked_site *place = &checked->sites[checked->count & (PG_CHECKED - 1)];
  place->site = site->id;
  place->capability = capability;
  place->pad = 0;
  checked->user = BPF_CORE_READ((const struct cred *)cred, fsuid.val);
  checked->group = BPF_CORE_READ((const struct cred *)cred, fsgid.val);
  checked->count++;
  site->told++;
  return 0;
}

#endif
