/* SPDX-License-Identifier: (BSD-2-Clause OR GPL-2.0-only)
 *
 * Records the system calls that were allowed. sys_enter fires after seccomp, so a denied call is not seen here. This is
 * the only program on sys_enter. For a known call it looks up the stack and tests one byte, unless the call's arguments
 * are recorded.
 */
#include "membership.h"
#include "arguments.h"
#include "behaviours.h"
#include "calls.h"

struct {
  __uint(type, BPF_MAP_TYPE_HASH);
  __uint(max_entries, 1024);
  __type(key, struct pg_odd_key);
  __type(value, struct pg_first);
} odd_calls SEC(".maps");

static __noinline int add_odd_call(struct pg_task *state, __u32 number, __u32 abi)
{
  if (!state)
    return 0;
  struct pg_odd_key key = {.run = state->run, .number = number, .set = state->set, .abi = abi};
  struct pg_first first;

  if (bpf_map_lookup_elem(&odd_calls, &key))
    return 0;
  fill_first(&first);
  count_stored();
  if (bpf_map_update_elem(&odd_calls, &key, &first, BPF_NOEXIST) && !bpf_map_lookup_elem(&odd_calls, &key))
    lost(PG_LOSS_CALLS);
  return 0;
}

/*
 * The last call's return was not seen: what it did to files is lost, if it does anything to files, or the set that
 * capset asked for. Of execve, capget and prctl nearly no return tells anything. Of calls that tell behaviours only a
 * handler is lost: a wait is also told by the next one, and clone3 of which nothing is known stays
 * allowed.
 */
static __noinline int count_missed_return(__u32 index)
{
  struct pg_call_info *info = bpf_map_lookup_elem(&call_table, &index);

  if (info && info->targets[0].kind == PG_TARGET_HANDLER)
    lost(PG_LOSS_BEHAVIOURS);
  else if (info && info->targets[0].kind != PG_TARGET_NONE &&
           (info->targets[0].kind < PG_TARGET_MOUNTS || info->targets[0].kind == PG_TARGET_CALLS ||
            info->targets[0].kind == PG_TARGET_CAPSET))
    lost(PG_LOSS_RETURNS);
  return 0;
}

/* Whether this call of the thread that owns `stack` tells nothing new. Most calls of a program are like that. */
static __always_inline bool is_known(struct pg_stack *stack, struct pt_regs *regs, long id)
{
  struct call_id call = {.number = id, .abi = PG_NATIVE};
  struct pg_run *run = bpf_map_lookup_elem(&runs, &stack->run);

  if (!run || !is_surely_native(regs) || stack->at.place == PG_IN_CALL)
    return false;
  __u8 *mark = call_mark(run, PG_SET_APP, call);
  if (!mark || PG_MARK(*mark) == PG_CALL_NEW)
    return false;
  if (PG_MARK_PROGRAM(*mark) != PG_SEVERAL && PG_MARK_PROGRAM(*mark) != stack->program)
    return false;
  if (PG_MARK(*mark) == PG_CALL_SEEN && !are_known(stack->run, regs, call.number))
    return false;
  stack->at.call = call.number;
  stack->at.place = PG_MARK(*mark) == PG_CALL_PLAIN ? PG_IN_PLAIN_CALL : PG_IN_CALL;
  return true;
}

/*
 * Handles a call for which is_known() could not decide by the stack alone. A global function, which is verified once:
 * see walk_step() in paths.h.
 */
__weak int enter_new_call(__u64 id)
{
  struct task_struct *task = current_task();
  struct pg_task *state = member_state(task);
  struct pt_regs *regs = user_registers(task);

  if (!state)
    remember_stranger(regs);
  struct pg_run *run = governed_run(state, task);
  if (!run)
    return 0;
  struct pg_stack *stack = stack_of(regs);
  struct call_id call = call_id(task, id);
  struct pg_call_state *at = stack ? &stack->at : &state->at;
  if (at->place == PG_IN_CALL && state->phase == PG_APP)
    count_missed_return(at->call);
  at->place = PG_IN_CALL;
  at->pending &= ~PG_PENDING_OBJECTS; /* of a call whose return was not seen */
  at->call = call_index(call);
  __u8 *mark = call_mark(run, state->set, call);
  if (!mark)
    return add_odd_call(state, call.number, call.abi);
  if (PG_MARK(*mark) == PG_CALL_NEW) {
    add_call(run, state, call.number, call.abi);
    add_first_wait(call.number, call.abi);
  } else if (PG_MARK_PROGRAM(*mark) != state->program)
    *mark |= PG_SEVERAL << PG_MARK_BITS;
  if (PG_MARK(*mark) == PG_CALL_SEEN)
    add_arguments(state, regs, call.number, call.abi);
  return 0;
}

static __always_inline int enter_call(struct pt_regs *regs, long id)
{
  struct pg_stack *stack = stack_at(regs);

  if (stack && stack->stranger == (__u64)regs)
    return 0;
  if (stack && stack->regs == (__u64)regs && is_known(stack, regs, id))
    return 0;
  return enter_new_call(id);
}

SEC("tp_btf/sys_enter")
int BPF_PROG(on_sys_enter, struct pt_regs *regs, long id) { return enter_call(regs, id); }

/*
 * The same as a perf event, which costs more but is not interrupted. It is for kernels that interrupt the other
 * program, and then skip it for other threads.
 */
SEC("tp/raw_syscalls/sys_enter")
int on_sys_enter_event(struct trace_event_raw_sys_enter *event)
{
  return enter_call(user_registers(current_task()), event->id);
}

char LICENSE[] SEC("license") __weak = "Dual BSD/GPL";
