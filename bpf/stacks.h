/* SPDX-License-Identifier: (BSD-2-Clause OR GPL-2.0-only)
 *
 * Threads of the application by their kernel stack. Where a call's registers are saved is the same for all calls of a
 * thread and nobody else's, and the programs at sys_enter and sys_exit are handed that address. Everything else that
 * tells a thread takes calls of helpers, which is most of what recording a call costs, above all on processors whose
 * returns are guarded (retbleed, SRSO): two helpers at each end of a call were 130 ns of 690, where this is 20.
 *
 * An entry is a thread's from when it becomes the application's until it exits, and only it writes there. A thread that
 * finds its entry taken by another does without. An entry can be that of a thread which is no more, if the kernel
 * skipped the program at its end: then it says of another thread's call only that there is nothing new in it, since
 * whatever adds a fact asks for the task's own state; and a thread that is taken in takes such an entry away.
 */
#ifndef PROFILEGEN_STACKS_H
#define PROFILEGEN_STACKS_H

#include "recording.h"

#define STACK_BITS 12

__weak __u64 stranger_fence;

/* A cache line each: two threads on two CPUs do not share one. */
struct pg_stack {
  __u64 regs; /* where the thread's registers are saved; 0: nobody's */
  __u32 recording;
  __u32 program;
  struct pg_call_state at;
  __u64 stranger; /* those of a thread that belongs to no recording: any of them may write this */
  __u64 unused[4];
};

struct {
  __uint(type, BPF_MAP_TYPE_ARRAY);
  __uint(max_entries, 1 << STACK_BITS);
  __type(key, __u32);
  __type(value, struct pg_stack);
} stacks __weak SEC(".maps");

/* Index in `stacks` → whose it is: the one who puts its address here first. */
struct {
  __uint(type, BPF_MAP_TYPE_HASH);
  __uint(max_entries, 1 << STACK_BITS);
  __type(key, __u32);
  __type(value, __u64);
} stack_owners __weak SEC(".maps");

static __always_inline __u32 stack_index(struct pt_regs *regs)
{
  __u32 address;

  /* A pointer is a number to the verifier once its half was copied, and no sooner; a compiler may save the copying. */
  asm volatile("%0 = %1" : "=w"(address) : "w"((__u32)(__u64)regs));
  return (address / THREAD_SIZE * 0x9e3779b1U) >> (32 - STACK_BITS);
}

/* The entry for these registers, whoever has it; NULL where there is none. */
static __always_inline struct pg_stack *stack_at(struct pt_regs *regs)
{
  __u32 index = stack_index(regs);

  return has_task_storage ? bpf_map_lookup_elem(&stacks, &index) : NULL;
}

/* The same if it is the thread's own. */
static __always_inline struct pg_stack *stack_of(struct pt_regs *regs)
{
  struct pg_stack *stack = stack_at(regs);

  return stack && stack->regs == (__u64)regs ? stack : NULL;
}

static __always_inline void claim_stack(struct task_struct *task, const struct pg_task *state)
{
  if (!has_task_storage)
    return;
  struct pt_regs *regs = user_registers(task);
  __u32 index = stack_index(regs);
  __u64 owner = (__u64)regs;
  struct pg_stack *stack = bpf_map_lookup_elem(&stacks, &index);

  if (!stack)
    return;
  if (bpf_map_update_elem(&stack_owners, &index, &owner, BPF_NOEXIST)) {
    __u64 *known = bpf_map_lookup_elem(&stack_owners, &index);
    if (!known || *known != owner)
      return;
  }
  stack->recording = state->recording;
  stack->program = state->program;
  stack->at = state->at;
  stack->regs = owner;
}

static __always_inline void release_stack(struct task_struct *task)
{
  if (!has_task_storage)
    return;
  struct pt_regs *regs = user_registers(task);
  __u32 index = stack_index(regs);
  struct pg_stack *stack = stack_of(regs);

  if (!stack)
    return;
  stack->regs = 0;
  bpf_map_delete_elem(&stack_owners, &index);
}

/* Another thread may be taking this one in: it sets the task's state and then forgets the stranger, here it is
 * reversed. */
static __always_inline void remember_stranger(struct pt_regs *regs)
{
  struct pg_stack *stack = stack_at(regs);

  if (!stack)
    return;
  *(volatile __u64 *)&stack->stranger = (__u64)regs;
  __sync_fetch_and_add(&stranger_fence, 1); /* orders the writing before the reading */
  if (current_state())
    stack->stranger = 0;
}

static __always_inline void forget_stranger(struct task_struct *task)
{
  struct pt_regs *regs = user_registers(task);
  struct pg_stack *stack = stack_at(regs);

  if (stack && stack->stranger == (__u64)regs)
    stack->stranger = 0;
}

/* Where it is kept which call a thread is in. */
static __always_inline struct pg_call_state *call_state(struct pg_task *state, struct pt_regs *regs)
{
  struct pg_stack *stack = stack_of(regs);

  return stack ? &stack->at : &state->at;
}

#endif
