/* SPDX-License-Identifier: (BSD-2-Clause OR GPL-2.0-only)
 *
 * Tells what the capability checks of a call were about. A check itself gets no file, process or address, but the call
 * in which it is made has them among its arguments. So the check leaves a note (checked_calls.h), and the call's
 * return sends the arguments and the files that they name. User space finds out what in them needed the capability.
 */
#ifndef PROFILEGEN_OBJECTS_H
#define PROFILEGEN_OBJECTS_H

#include "capability_sites.h"
#include "groups.h"
#include "targets.h"

static __always_inline __u32 pid_namespace(struct task_struct *task)
{
  struct pid *pid = BPF_CORE_READ(task, thread_pid);
  __u32 level = BPF_CORE_READ(pid, level);
  struct upid number = {};

  if (bpf_core_read(&number, sizeof(number), &pid->numbers[0]) || level > 32)
    return 0;
  if (level)
    bpf_probe_read_kernel(
        &number, sizeof(number),
        (char *)pid + bpf_core_field_offset(struct pid, numbers) + level * bpf_core_type_size(struct upid));
  return BPF_CORE_READ(number.ns, ns.inum);
}

/* How many bytes could be read: all, or at least what a small structure has. */
static __always_inline __u32 read_behind(__u8 *to, const void *from)
{
  if (!from)
    return 0;
  if (!bpf_probe_read_user(to, PG_BEHIND, from))
    return PG_BEHIND;
  return bpf_probe_read_user(to, PG_BEHIND / 4, from) ? 0 : PG_BEHIND / 4;
}

/* A global function, as the next one: see walk_step() in paths.h. */
__weak int send_objects(__u32 behind)
{
  struct task_struct *task = current_task();
  struct pg_task *state = current_state();
  __u32 thread = (__u32)bpf_get_current_pid_tgid();
  struct pg_checked *checked = bpf_map_lookup_elem(&checked_calls, &thread);

  if (!state || !checked)
    return 0;
  struct pt_regs *regs = user_registers(task);
  struct call_id call = call_id(task, call_number(regs));
  struct pg_objects_event *event = bpf_ringbuf_reserve(&events, sizeof(*event), 0);
  if (!event)
    return 0;
  event->type = PG_EVENT_OBJECTS;
  event->abi = call.abi;
  event->pad[0] = event->pad[1] = 0;
  event->run = state->run;
  fill_first(&event->first);
  event->checked = *checked;
#pragma unroll
  for (int i = 0; i < 6; i++)
    event->arguments[i] = argument(regs, call.abi == PG_COMPAT ? PG_COMPAT : PG_NATIVE, i);
  event->number = call.number;
  event->pid_ns = pid_namespace(task);
  event->group_count = read_groups(event->groups, task);
  event->behind_size = behind ? read_behind(event->behind, (const void *)own_argument(behind - 1)) : 0;
  bpf_map_delete_elem(&checked_calls, &thread);
  bpf_ringbuf_submit(event, BPF_RB_FORCE_WAKEUP); /* a process to which a signal was sent may soon be gone */
  return 0;
}

/* Sends the name of one of the call's files. */
__weak int send_asked(__u32 call, __u32 which, long result)
{
  struct pg_target *target = target_of(call, which);
  __u32 op = target ? target->op & 31 : 0;

  if (!target)
    return 0;
  switch (target->kind) {
  case PG_TARGET_OPEN:
  case PG_TARGET_OPEN_HOW:
  case PG_TARGET_PATH:
    if (target->path >= 0)
      add_named(call, which, op, NAME_ASKED);
    break;
  case PG_TARGET_EXEC:
    if (IS_ERROR(result))
      add_named(call, which, op, NAME_ASKED);
    else /* its arguments are gone with the old program */
      add_program_file(1 << op | PLACE_ASKED);
    break;
  case PG_TARGET_SOCKADDR: add_socket_file(call, which, NAME_ASKED); break;
  case PG_TARGET_FD:
  case PG_TARGET_GROWN:
  case PG_TARGET_FCNTL:
  case PG_TARGET_IOCTL: add_descriptor(own_argument(target->dir), 1 << op | PLACE_ASKED); break;
  }
  return 0;
}

/* `call`: index in `call_table` of the current call, which has returned. Inline, because all stacks on the way to a
 * file's path have 512 bytes together. */
static __always_inline void tell_objects(__u32 call, long result)
{
  struct pg_call_info *info = bpf_map_lookup_elem(&call_table, &call);

  if (!info)
    return;
  if (info->asked.kind != PG_TARGET_NONE) {
    send_asked(call, TARGET_ASKED, result);
  } else {
    send_asked(call, 0, result);
    send_asked(call, 1, result);
  }
  send_objects(info->behind);
}

#endif
