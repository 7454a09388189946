/* SPDX-License-Identifier: (BSD-2-Clause OR GPL-2.0-only)
 *
 * Records what is known only when a call returns: calls that an outer filter denied (they have no sys_enter), files
 * that were opened or changed, kinds of sockets. The arguments are still in pt_regs, and strings have been faulted in.
 * include/profilegen/file_calls.def lists which argument of which call names a file.
 */
#include "behaviours.h"
#include "objects.h"
#include "own_argument.h"
#include "ports.h"
#include "refusals.h"
#include "registers.h"
#include "sizes.h"
#include "sockets.h"
#include "stacks.h"

#define W_OK 2

struct {
  __uint(type, BPF_MAP_TYPE_HASH);
  __uint(max_entries, 4096);
  __type(key, struct pg_denied_key);
  __type(value, struct pg_first);
} denied_calls SEC(".maps");

struct {
  __uint(type, BPF_MAP_TYPE_HASH);
  __uint(max_entries, PG_DENIED_ARGUMENTS);
  __type(key, struct pg_denied_arguments_key);
  __type(value, struct pg_first);
} denied_arguments SEC(".maps");

static __noinline int add_denied(struct pg_task *state, __u32 number, __u32 abi, __u32 errnum)
{
  if (!state)
    return 0;
  struct pg_denied_key key = {.run = state->run, .number = number, .errnum = errnum, .abi = abi};
  struct pg_first first;

  if (bpf_map_lookup_elem(&denied_calls, &key))
    return 0;
  fill_first(&first);
  count_stored();
  if (bpf_map_update_elem(&denied_calls, &key, &first, BPF_ANY))
    lost(PG_LOSS_DENIALS);
  return 0;
}

/*
 * With which arguments the call was denied: a program's own filter may refuse it with some, the container's with
 * others. A global function: see walk_step() in paths.h.
 */
__weak int add_denied_arguments(__u32 number, __u32 abi, __u32 errnum)
{
  struct pg_task *state = current_state();
  struct call_id call = {.number = number, .abi = abi};
  struct pg_call_info *info = call_info(call);
  struct pg_first first;

  if (!watch_refusals || !state || !info || !info->arguments[0].mask)
    return 0;
  struct pg_denied_arguments_key key = {.call = {.run = state->run, .number = number, .errnum = errnum, .abi = abi}};
#pragma unroll
  for (int i = 0; i < PG_ARGUMENTS; i++)
    key.values[i] = (__u32)own_argument(info->arguments[i].index) & info->arguments[i].mask;
  if (bpf_map_lookup_elem(&denied_arguments, &key))
    return 0;
  fill_first(&first);
  if (bpf_map_update_elem(&denied_arguments, &key, &first, BPF_ANY) == 0)
    count_stored();
  return 0;
}

/* Whether fcntl(2)'s command locks, as the native and the i386 table number the commands. */
static __always_inline bool is_lock(__u64 command)
{
  return command == 6 || command == 7 || command == 13 || command == 14 || command == 37 || command == 38;
}

/* Whether a call with these arguments does something that is recorded. Some calls do so only with a few values. */
static __always_inline bool does_something(const struct pg_target *target, struct pt_regs *regs, __u32 abi)
{
  if (target->kind == PG_TARGET_PRCTL)
    return raises_ambient(argument(regs, abi, target->dir), argument(regs, abi, target->path));
  if (target->kind == PG_TARGET_ACCESS)
    return argument(regs, abi, target->flags) & W_OK;
  if (target->kind < PG_TARGET_PEER || target->kind > PG_TARGET_IOCTL)
    return true;
  __u64 value = argument(regs, abi, target->path);

  switch (target->kind) {
  case PG_TARGET_MAP: return value & PROT_EXEC && !(argument(regs, abi, target->flags) & MAP_ANONYMOUS);
  case PG_TARGET_PROTECT: return value & PROT_EXEC;
  case PG_TARGET_FCNTL: return is_lock(value);
  case PG_TARGET_IOCTL: return is_setflags(value);
  case PG_TARGET_PEER:
  case PG_TARGET_MESSAGE: return sockaddr_at(target, value, abi) != 0;
  default: return true;
  }
}

/* `told`: the security hooks have reported the file itself (path_hooks.bpf.c). */
__weak int add_target(__u32 call, __u32 which, long result, __u32 told)
{
  struct task_struct *task = current_task();
  struct pg_target *target = target_of(call, which);

  if (!target)
    return 0;
  switch (target->kind) {
  case PG_TARGET_OPEN:
  case PG_TARGET_OPEN_HOW: add_opened(target->kind, target->flags, result); break;
  case PG_TARGET_FD:
  case PG_TARGET_MAP:
  case PG_TARGET_FCNTL:
  case PG_TARGET_IOCTL:
    if (does_something(target, user_registers(task), in_compat_call(task) ? PG_COMPAT : PG_NATIVE))
      add_descriptor(own_argument(target->dir), 1 << (target->op & 31));
    break;
  case PG_TARGET_PROTECT:
    if (own_argument(target->path) & PROT_EXEC)
      add_mapping(own_argument(target->dir), 1 << PG_OP_MAP_EXEC);
    break;
  case PG_TARGET_PATH:
    if (!told)
      add_named(call, which, target->op, 0);
    break;
  case PG_TARGET_SOCKADDR:
    if (!told)
      add_socket_file(call, which, 0);
    if (target->op == PG_OP_BIND)
      add_port(own_argument(target->dir), own_argument(target->path));
    break;
  case PG_TARGET_ACCESS:
    if (own_argument(target->flags) & W_OK)
      add_named(call, which, target->op, 0);
    break;
  case PG_TARGET_CALLS: add_socketcall(call % PG_CALLS, own_argument(target->dir), own_argument(target->path)); break;
  case PG_TARGET_MOUNTS: announce_mounts(target->follow); break;
  case PG_TARGET_SOCKET:
    add_socket(own_argument(target->dir), own_argument(target->path), PG_SOCKET_MADE);
    add_ping_socket(call % PG_CALLS, call / PG_CALLS, own_argument(target->dir), own_argument(target->path),
                    own_argument(target->path + 1));
    break;
  case PG_TARGET_GROWN: add_size(own_argument(target->dir)); break;
  case PG_TARGET_CAPGET:
  case PG_TARGET_CAPSET:
  case PG_TARGET_PRCTL: add_asked_set(target->kind, 0); break;
  }
  return 0;
}

/* Tells user space whether the call did what the hooks have reported as tentative. */
static __always_inline void settle(const struct pg_task *state, bool done)
{
  struct pg_settled_event event = {.type = PG_EVENT_SETTLED, .done = done, .run = state->run};

  event.tid = (__u32)bpf_get_current_pid_tgid();
  if (bpf_ringbuf_output(&events, &event, sizeof(event), BPF_RB_NO_WAKEUP))
    lost(PG_LOSS_FILES);
}

#define ERESTARTSYS 512 /* from here on the kernel's own: the call is repeated, or the program sees EINTR */

static __always_inline bool has_filter(struct task_struct *task)
{
  return TASK_FIELD(task, seccomp.mode) == SECCOMP_MODE_FILTER;
}

static __always_inline bool is_refusal(long result)
{
  return watch_refusals && (result == -EROFS || result == -ENOSPC);
}

static __always_inline bool tells_own_behaviour(const struct pg_target *target, struct pt_regs *regs, __u32 abi,
                                                long result)
{
  __u64 path = target->path < 0 ? 0 : argument(regs, abi, target->path);
  __u64 flags = target->flags < 0 ? 0 : argument(regs, abi, target->flags);

  return tells_behaviour(target, path, flags, result);
}

/* Whether the return of this call tells nothing. `stack` is the thread's own entry. */
static __always_inline bool is_uneventful(const struct pg_stack *stack, struct pt_regs *regs, long result)
{
  __u32 index = stack->at.call;
  __u32 abi = index / PG_CALLS == PG_COMPAT ? PG_COMPAT : PG_NATIVE;

  if (stack->at.place == PG_IN_PLAIN_CALL)
    return true;
  if (stack->at.place != PG_IN_CALL || stack->at.pending)
    return false;
  struct pg_call_info *info = bpf_map_lookup_elem(&call_table, &index);
  if (!info)
    return false;
  if (is_behaviour(&info->targets[0]))
    return !tells_own_behaviour(&info->targets[0], regs, abi, result);
  if (is_not_permitted(&info->targets[0], result))
    return false;
  if (IS_ERROR(result) && !names_address(&info->targets[0]))
    return !is_refusal(result) && !is_no_execution(&info->targets[0], result);
  if (info->targets[1].kind != PG_TARGET_NONE)
    return false;
  return info->targets[0].kind == PG_TARGET_GROWN ? !has_grown(stack->run, argument(regs, abi, info->targets[0].dir))
                                                  : !does_something(&info->targets[0], regs, abi);
}

/* Records what the return of any other call tells. A global function: see walk_step() in paths.h. */
__weak int leave_eventful_call(long result)
{
  struct task_struct *task = current_task();
  struct pg_task *state = member_state(task);

  if (!app_run(state))
    return result == -EPERM || (watch_refusals && result == -EACCES) ? leave_refused_exec() : 0;
  struct pt_regs *regs = user_registers(task);
  struct pg_stack *stack = stack_of(regs);
  struct pg_call_state *at = stack ? &stack->at : &state->at;
  __u8 place = at->place;
  at->place = PG_OUTSIDE;
  __u8 pending = at->pending;
  at->pending = 0;
  bool told = pending & PG_PENDING_EVENTS;
  if (told)
    settle(state, !IS_ERROR(result));
  struct call_id call = call_id(task, call_number(regs));
  if (pending & PG_PENDING_OBJECTS)
    tell_objects(call_index(call), result);
  if (place == PG_OUTSIDE && !(IS_ERROR(result) && -result >= ERESTARTSYS)) {
    add_denied(state, call.number, call.abi, IS_ERROR(result) && has_filter(task) ? -result : 0);
    if (IS_ERROR(result)) {
      add_denied_arguments(call.number, call.abi, -result);
      add_user_stack();
    }
  }
  if (place == PG_PLACE_UNKNOWN)
    return 0;
  /* A filter may have sent a signal (SECCOMP_RET_TRAP), or answered that the call succeeded: nothing was done. */
  if (place == PG_OUTSIDE && has_filter(task))
    return 0;
  struct pg_call_info *info = call_info(call);
  if (!info || info->targets[0].kind == PG_TARGET_NONE)
    return 0;
  __u32 index = call_index(call);
  if (is_behaviour(&info->targets[0]))
    add_own_behaviour(call.number, call.abi, result);
  if (names_address(&info->targets[0]))
    add_peer(own_argument(info->targets[0].dir),
             sockaddr_at(&info->targets[0], own_argument(info->targets[0].path), call.abi));
  if (is_refusal(result)) {
    add_refused_changes(index, result == -ENOSPC);
    add_user_stack();
  }
  if (is_not_permitted(&info->targets[0], result))
    add_not_permitted(&info->targets[0]);
  if (is_no_execution(&info->targets[0], result))
    add_no_execution(&info->targets[0]);
  if (IS_ERROR(result))
    return 0;
  add_target(index, 0, result, told);
  if (info->targets[1].kind != PG_TARGET_NONE)
    add_target(index, 1, result, told);
  return 0;
}

static __always_inline int leave_call(struct pt_regs *regs, long result)
{
  struct pg_stack *stack = stack_at(regs);

  if (stack && stack->stranger == (__u64)regs)
    return 0;
  if (stack && stack->regs == (__u64)regs && is_uneventful(stack, regs, result)) {
    stack->at.place = PG_OUTSIDE;
    return 0;
  }
  return leave_eventful_call(result);
}

SEC("tp_btf/sys_exit")
int BPF_PROG(on_sys_exit, struct pt_regs *regs, long result) { return leave_call(regs, result); }

/* As a perf event: see on_sys_enter_event(). */
SEC("tp/raw_syscalls/sys_exit")
int on_sys_exit_event(struct trace_event_raw_sys_exit *event)
{
  return leave_call(user_registers(current_task()), event->ret);
}

char LICENSE[] SEC("license") __weak = "Dual BSD/GPL";
