/* SPDX-License-Identifier: (BSD-2-Clause OR GPL-2.0-only)
 *
 * Reports where a program was when something was denied. Most programs have no frame pointers, so a piece of the stack
 * is sent with the registers. User space unwinds it by the tables in the program's files.
 */
#ifndef PROFILEGEN_USER_STACKS_H
#define PROFILEGEN_USER_STACKS_H

#include "registers.h"
#include "seen.h"

/* Sent once for each place: it is for people, and a program may go on trying. A global function, verified once. */
__weak int send_user_stack(void)
{
  struct task_struct *task = current_task();
  struct pg_task *state = current_state();
  struct pt_regs *regs = user_registers(task);
  struct pg_seen_key key = {.ops = 0xfffffffd};

  if (!state || in_compat_call(task))
    return 0;
  key.hash = program_counter(regs);
  key.ino = stack_pointer(regs);
  key.run = state->run;
  __u64 mark = seen_mark(&key);
  if (was_seen(mark))
    return 0;
  struct pg_stack_event *event = bpf_ringbuf_reserve(&events, sizeof(*event), 0);
  if (!event)
    return 0;
  event->type = PG_EVENT_STACK;
  event->run = state->run;
  fill_first(&event->first);
  event->stack_pointer = key.ino;
  event->program_counter = key.hash;
  read_registers(regs, event->registers);
#pragma unroll
  for (int i = 0; i < 6; i++)
    event->arguments[i] = argument(regs, PG_NATIVE, i);
  event->size = 0;
  for (__u32 at = 0; at < PG_STACK_BYTES; at += PG_STACK_PIECE) {
    if (bpf_probe_read_user(&event->stack[at], PG_STACK_PIECE, (void *)(key.ino + at)))
      break;
    event->size = at + PG_STACK_PIECE;
  }
  remember_seen(mark);
  bpf_ringbuf_submit(event, BPF_RB_FORCE_WAKEUP);
  return 0;
}

static __always_inline void add_user_stack(void)
{
  if (watch_refusals)
    send_user_stack();
}

#endif
