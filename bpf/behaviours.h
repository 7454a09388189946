/* SPDX-License-Identifier: (BSD-2-Clause OR GPL-2.0-only)
 *
 * Records behaviours (include/profilegen/behaviours.def): what a call asks for. Each is a fact of the call, so that
 * nothing is looked at any more once it is stored.
 */
#ifndef PROFILEGEN_BEHAVIOURS_H
#define PROFILEGEN_BEHAVIOURS_H

#include "registers.h"
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
#define CLONE_OF_THREAD                                                                         \
  0x3d0f00ULL /* CLONE_{VM,FS,FILES,SIGHAND,THREAD,SYSVSEM,SETTLS,PARENT_SETTID,CHILD_CLEARTID} \
               */
#define SIGNAL_OF_CHILD 17

static __always_inline bool is_behaviour(const struct pg_target *target) { return target->kind >= PG_TARGET_SLEEP; }

static __always_inline __u64 named_argument(struct pt_regs *regs, __u32 abi, __s8 index)
{
  return index < 0 ? 0 : argument(regs, abi, index);
}

static __always_inline bool may_be_continued(const struct pg_target *target, struct pt_regs *regs, __u32 abi)
{
  return pg_may_be_continued(target->kind, named_argument(regs, abi, target->path),
                             named_argument(regs, abi, target->flags));
}

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

/* The call's own behaviour is known: from now on its return is not looked at. */
static __always_inline void make_plain(const struct pg_task *state, struct call_id call)
{
  struct pg_run *run = run_of(state);
  __u8 *mark = run ? call_mark(run, state->set, call) : NULL;

  if (mark && PG_MARK(*mark) == PG_CALL_SETTLED)
    *mark = PG_CALL_PLAIN | PG_MARK_PROGRAM(*mark) << PG_MARK_BITS;
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

  if (!app_run(state) || !info || !may_be_continued(&info->targets[0], user_registers(current_task()), abi))
    return 0;
  add_behaviour(number, abi, PG_BEHAVIOUR_RESTARTABLE);
  make_plain(state, call);
  return 0;
}

/* Whether the struct sigaction or the handler at this address is a function. In the i386 and x32 tables a word is half
 * as long. SIG_DFL is 0, SIG_IGN is 1. */
static __always_inline bool is_handler(const struct pg_target *target, __u64 value, __u32 abi)
{
  __u64 handler = value;

  if (!target->follow) {
    handler = 0;
    bpf_probe_read_user(&handler, abi == PG_NATIVE ? sizeof(__u64) : sizeof(__u32), (void *)value);
  }
  return handler > 1;
}

struct clone3_arguments {
  __u64 flags, pidfd, child_tid, parent_tid, exit_signal, stack, stack_size, tls, set_tid, set_tid_size, cgroup;
};

/*
 * What clone3 was asked for. glibc's pthread_create() and posix_spawn() go on with clone when it is answered with
 * ENOSYS (clone-internal.c); from version 2.38 on posix_spawn() also asks for CLONE_CLEAR_SIGHAND.
 */
static __always_inline __u32 behaviour_of_clone3(__u64 address, __u64 size)
{
  struct clone3_arguments wanted = {};

  if (size > sizeof(wanted))
    size = sizeof(wanted);
  if (bpf_probe_read_user(&wanted, size, (void *)address))
    return PG_BEHAVIOUR_OWN_CLONE3;
  if (wanted.flags & CLONE_NEW)
    return PG_BEHAVIOUR_NAMESPACE;
  if (wanted.set_tid_size)
    return PG_BEHAVIOUR_OWN_CLONE3;
  if (wanted.flags == CLONE_OF_THREAD && !wanted.exit_signal)
    return PG_BEHAVIOUR_FALLS_BACK;
  bool spawns = (wanted.flags & ~CLONE_CLEAR_SIGHAND) == CLONE_VM_VFORK && wanted.exit_signal == SIGNAL_OF_CHILD;
  return spawns ? PG_BEHAVIOUR_FALLS_BACK : PG_BEHAVIOUR_OWN_CLONE3;
}

/* Whether the return of this call tells a behaviour. */
static __always_inline bool tells_behaviour(const struct pg_target *target, struct pt_regs *regs, __u32 abi,
                                            long result)
{
  switch (target->kind) {
  case PG_TARGET_HANDLER: return result >= 0 && argument(regs, abi, target->path) > 1;
  case PG_TARGET_CLONE: return true;
  default: return result == -ERESTART_RESTARTBLOCK || may_be_continued(target, regs, abi);
  }
}

/* Records what the current call, which returns, was asked for. A global function, which is verified once. */
__weak int add_own_behaviour(__u32 number, __u32 abi, long result)
{
  struct call_id call = {.number = number, .abi = abi};
  struct pt_regs *regs = user_registers(current_task());
  struct pg_task *state = current_state();
  struct pg_call_info *info = call_info(call);

  if (!state || !info || !tells_behaviour(&info->targets[0], regs, abi, result))
    return 0;
  struct pg_target *target = &info->targets[0];
  __u64 value = named_argument(regs, abi, target->path);
  if (target->kind == PG_TARGET_CLONE)
    return add_behaviour(number, abi, behaviour_of_clone3(value, argument(regs, abi, target->flags)));
  if (target->kind != PG_TARGET_HANDLER)
    add_behaviour(number, abi, PG_BEHAVIOUR_RESTARTABLE);
  else if (is_handler(target, value, abi))
    add_behaviour(number, abi, PG_BEHAVIOUR_SIGNAL_HANDLER);
  else
    return 0;
  make_plain(state, call);
  return 0;
}

#endif
