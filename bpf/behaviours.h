/* SPDX-License-Identifier: (BSD-2-Clause OR GPL-2.0-only)
 *
 * Records behaviours (include/profilegen/behaviours.def): what a call asks for. Each is a fact of the call, so that
 * nothing is looked at any more once it is stored.
 */
#ifndef PROFILEGEN_BEHAVIOURS_H
#define PROFILEGEN_BEHAVIOURS_H

#include "own_argument.h"
#include "profilegen/continued_calls.h"

struct {
  __uint(type, BPF_MAP_TYPE_HASH);
  __uint(map_flags, BPF_F_NO_PREALLOC);
  __uint(max_entries, 16384);
  __type(key, struct pg_behaviour_key);
  __type(value, struct pg_first);
} behaviours __weak SEC(".maps");

#define ERESTART_RESTARTBLOCK 516 /* the kernel continues the call by restart_syscall(2) */
#define CLONE_VM_VFORK 0x4100ULL
#define CLONE_NEW 0x7e020080ULL /* CLONE_NEW{NS,CGROUP,UTS,IPC,USER,PID,NET,TIME} */
#define CLONE_CLEAR_SIGHAND 0x100000000ULL
/* CLONE_{VM,FS,FILES,SIGHAND,THREAD,SYSVSEM,SETTLS,PARENT_SETTID,CHILD_CLEARTID} */
#define CLONE_OF_THREAD 0x3d0f00ULL
#define SIGNAL_OF_CHILD 17

static __always_inline bool is_behaviour(const struct pg_target *target) { return target->kind >= PG_TARGET_SLEEP; }

/* The argument that a target names, for code that is not hot. */
static __always_inline __u64 named_argument(__s8 index) { return index < 0 ? 0 : own_argument(index); }

__weak int add_behaviour(__u32 number, __u32 abi, __u32 behaviour)
{
  struct pg_task *state = current_state();
  struct pg_first first;

  if (!app_run(state))
    return 0;
  struct pg_behaviour_key key = {.run = state->run, .number = number, .abi = abi, .behaviour = behaviour};
  if (bpf_map_lookup_elem(&behaviours, &key))
    return 0;
  fill_first(&first);
  count_stored();
  if (bpf_map_update_elem(&behaviours, &key, &first, BPF_ANY))
    lost(PG_LOSS_BEHAVIOURS);
  return 0;
}

/*
 * The call's own behaviour is known: from now on its return is not looked at. A global function: where it was inlined,
 * Linux 5.10 forgot the bounds of the call's numbers.
 */
__weak int make_plain(__u32 number, __u32 abi)
{
  struct pg_task *state = current_state();
  struct pg_run *run = state ? run_of(state) : NULL;
  __u8 *mark = run ? call_mark(run, state->set, (struct call_id){.number = number, .abi = abi}) : NULL;

  if (mark && PG_MARK(*mark) == PG_CALL_SETTLED)
    *mark = PG_CALL_PLAIN | PG_MARK_PROGRAM(*mark) << PG_MARK_BITS;
  return 0;
}

/*
 * Looks at the first call of its kind when it begins: it may be one that never returns. A global function, which is
 * verified once.
 */
__weak int add_first_wait(__u32 number, __u32 abi)
{
  struct call_id call = {.number = number, .abi = abi};
  struct pg_task *state = current_state();
  struct pg_call_info *info = call_info(call);

  if (!app_run(state) || !info || !is_behaviour(&info->targets[0]))
    return 0;
  struct pg_target *target = &info->targets[0];
  if (!pg_may_be_continued(target->kind, named_argument(target->path), named_argument(target->flags)))
    return 0;
  add_behaviour(number, abi, PG_BEHAVIOUR_RESTARTABLE);
  make_plain(number, abi);
  return 0;
}

/* Whether the struct sigaction or the handler at this address is a function. In the i386 and x32 tables a word is half
 * as long. SIG_DFL is 0, SIG_IGN is 1. */
static __always_inline bool is_handler(const struct pg_target *target, __u64 value, __u32 abi)
{
  __u64 handler = 0;

  if (target->follow)
    handler = value;
  else if (abi == PG_NATIVE)
    bpf_probe_read_user(&handler, sizeof(__u64), (void *)value);
  else
    bpf_probe_read_user(&handler, sizeof(__u32), (void *)value);
  return handler > 1;
}

/* struct clone_args of include/uapi/linux/sched.h, as far as its first version goes, and a field of the second. */
struct clone3_arguments {
  __u64 flags, pidfd, child_tid, parent_tid, exit_signal, stack, stack_size, tls;
};
#define SET_TID_SIZE_AT 72
#define SECOND_SIZE 80

static __always_inline bool sets_numbers(__u64 address, __u64 size)
{
  __u64 count = 0;

  if (size >= SECOND_SIZE)
    bpf_probe_read_user(&count, sizeof(count), (void *)(address + SET_TID_SIZE_AT));
  return count;
}

/*
 * What clone3 was asked for. glibc's pthread_create() and posix_spawn() go on with clone when it is answered with
 * ENOSYS (clone-internal.c); from version 2.38 on posix_spawn() also asks for CLONE_CLEAR_SIGHAND.
 */
static __always_inline __u32 behaviour_of_clone3(__u64 address, __u64 size)
{
  struct clone3_arguments wanted = {};

  if (size < sizeof(wanted) || bpf_probe_read_user(&wanted, sizeof(wanted), (void *)address))
    return PG_BEHAVIOUR_OWN_CLONE3;
  if (wanted.flags & CLONE_NEW)
    return PG_BEHAVIOUR_NAMESPACE;
  if (sets_numbers(address, size))
    return PG_BEHAVIOUR_OWN_CLONE3;
  if (wanted.flags == CLONE_OF_THREAD && !wanted.exit_signal)
    return PG_BEHAVIOUR_FALLS_BACK;
  bool spawns = (wanted.flags & ~CLONE_CLEAR_SIGHAND) == CLONE_VM_VFORK && wanted.exit_signal == SIGNAL_OF_CHILD;
  return spawns ? PG_BEHAVIOUR_FALLS_BACK : PG_BEHAVIOUR_OWN_CLONE3;
}

/* Whether the return of this call tells a behaviour. `path` and `flags`: the arguments that the target names so. */
static __always_inline bool tells_behaviour(const struct pg_target *target, __u64 path, __u64 flags, long result)
{
  switch (target->kind) {
  case PG_TARGET_HANDLER: return result >= 0 && path > 1;
  /* A new thread sees 0. By then its parent may have used the memory of the arguments for something else. */
  case PG_TARGET_CLONE: return result != 0;
  default: return result == -ERESTART_RESTARTBLOCK || pg_may_be_continued(target->kind, path, flags);
  }
}

/* Records what the current call, which returns, was asked for. A global function, which is verified once. */
__weak int add_own_behaviour(__u32 number, __u32 abi, long result)
{
  struct call_id call = {.number = number, .abi = abi};
  struct pg_task *state = current_state();
  struct pg_call_info *info = call_info(call);

  if (!state || !info)
    return 0;
  struct pg_target *target = &info->targets[0];
  __u64 path = named_argument(target->path);
  __u64 flags = named_argument(target->flags);
  if (!tells_behaviour(target, path, flags, result))
    return 0;
  if (target->kind == PG_TARGET_CLONE)
    return add_behaviour(number, abi, behaviour_of_clone3(path, flags));
  if (target->kind != PG_TARGET_HANDLER)
    add_behaviour(number, abi, PG_BEHAVIOUR_RESTARTABLE);
  else if (is_handler(target, path, abi))
    add_behaviour(number, abi, PG_BEHAVIOUR_SIGNAL_HANDLER);
  else
    return 0;
  make_plain(number, abi);
  return 0;
}

#endif
