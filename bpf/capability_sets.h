/* SPDX-License-Identifier: (BSD-2-Clause OR GPL-2.0-only)
 *
 * Records the capability sets that programs ask for, by capset(2) and prctl(PR_CAP_AMBIENT). The kernel refuses a set
 * that exceeds what the thread is permitted to have (cap_capset() in security/commoncap.c), and many programs then end.
 *
 * Most sets are made from the one that capget(2) has told: a program clears some capabilities and keeps whatever else
 * it has. Such a set shrinks by itself under a smaller bounding set, so it is no demand. The kernel part can't see how
 * a set was made. It takes a set for such a one if the program has read its own and asks for most of that again; all
 * other sets name what the program wants to have.
 */
#ifndef PROFILEGEN_CAPABILITY_SETS_H
#define PROFILEGEN_CAPABILITY_SETS_H

#include "capability_sites.h"
#include "needless.h"

#define PR_CAP_AMBIENT 47
#define PR_CAP_AMBIENT_RAISE 2
#define CAPABILITIES 41 /* CAP_LAST_CAP + 1 of Linux 5.9 to 7 */

struct pg_capability_sets {
  __u64 permitted, inheritable;
};

static __always_inline struct pg_capability_sets own_sets(const struct cred *own)
{
  return (struct pg_capability_sets){capability_set(&own->cap_permitted), capability_set(&own->cap_inheritable)};
}

/* The state in which a process keeps what it has read: all its threads may apply the set that one of them made. */
static __always_inline struct pg_task *reader_state(struct task_struct *task)
{
  return task_of(has_task_storage ? task->group_leader : BPF_CORE_READ(task, group_leader));
}

/* Adds each capability of a set for the current thread's call. A global function: see walk_step() in paths.h. */
__weak int add_set(__u64 set, __u32 check)
{
  struct task_struct *task = current_task();
  struct pg_task *state = current_state();
  struct pg_site_key key = {.check = check};

  if (!app_run(state))
    return 0;
  struct call_id call = call_id(task, call_number(user_registers(task)));
  key.run = state->run;
  key.number = call.number;
  key.abi = call.abi;
  for (__u32 capability = 0; capability < CAPABILITIES; capability++) {
    if (!(set >> capability & 1))
      continue;
    key.capability = capability;
    add_site(&key);
  }
  return 0;
}

/* Whether the thread is in the container's user namespace: only there its sets depend on what the container gets. */
static __always_inline bool in_own_namespace(struct task_struct *task, const struct cred *own)
{
  struct pg_task *state = task_of(task);
  struct pg_run *run = app_run(state);

  return run && (__u64)BPF_CORE_READ(own, user_ns) == run->user_ns;
}

/* capget(2) has told the program which capabilities it has. */
static __always_inline void note_reading(struct task_struct *task, const struct cred *own)
{
  struct pg_task *reader = reader_state(task);
  struct pg_capability_sets sets = own_sets(own);

  if (!reader || !own_argument(1))
    return;
  reader->read_permitted = sets.permitted;
  reader->read_inheritable = sets.inheritable;
}

/* What of these sets, which the thread has got, the program named itself. */
static __always_inline __u64 named_in(struct pg_capability_sets sets, struct pg_task *reader)
{
  __u64 read = reader ? reader->read_permitted : 0;

  if (!read)
    return sets.permitted | sets.inheritable;
  __u64 raised = sets.inheritable & ~reader->read_inheritable;
  if (__builtin_popcountll(sets.permitted) > __builtin_popcountll(read & ~sets.permitted))
    return raised;
  return sets.permitted | raised;
}

/* What the call's sets contain beyond those that the thread has. */
static __always_inline __u64 lacked_in(struct pg_capability_sets wanted, const struct cred *own)
{
  struct pg_capability_sets sets = own_sets(own);

  return (wanted.permitted & ~sets.permitted) | (wanted.inheritable & ~(sets.inheritable | sets.permitted));
}

static __always_inline void add_capset(struct task_struct *task, const struct cred *own, bool refused)
{
  struct pg_capability_sets wanted;

  if (!refused)
    add_set(named_in(own_sets(own), reader_state(task)), PG_CHECK_KEPT);
  else if (read_wanted_sets(&wanted.permitted, &wanted.inheritable))
    add_set(lacked_in(wanted, own), PG_CHECK_LACKED);
}

static __always_inline bool raises_ambient(__u64 option, __u64 operation)
{
  return (__u32)option == PR_CAP_AMBIENT && operation == PR_CAP_AMBIENT_RAISE;
}

static __always_inline void add_ambient(const struct cred *own, bool refused)
{
  __u64 capability = own_argument(2);

  if (!raises_ambient(own_argument(0), own_argument(1)) || capability >= CAPABILITIES)
    return;
  __u64 set = 1ULL << capability;
  if (!refused)
    add_set(set, PG_CHECK_KEPT);
  else
    add_set(set & ~capability_set(&own->cap_permitted), PG_CHECK_LACKED);
}

/* One of the three calls has returned. A global function: see walk_step() in paths.h. */
__weak int add_asked_set(__u32 kind, __u32 refused)
{
  struct task_struct *task = current_task();
  const struct cred *own = BPF_CORE_READ(task, real_cred);

  if (!in_own_namespace(task, own))
    return 0;
  if (kind == PG_TARGET_CAPGET)
    note_reading(task, own);
  if (kind == PG_TARGET_CAPSET)
    add_capset(task, own, refused);
  if (kind == PG_TARGET_PRCTL)
    add_ambient(own, refused);
  return 0;
}

static __always_inline bool asks_for_set(const struct pg_target *target)
{
  return target->kind >= PG_TARGET_CAPGET && target->kind <= PG_TARGET_PRCTL;
}

#endif
