/* SPDX-License-Identifier: (BSD-2-Clause OR GPL-2.0-only)
 *
 * Finds threads of the application by their kernel stack. The address where a call's registers are saved is the same
 * for all calls of a thread and for no other thread, and the programs at sys_enter and sys_exit are given it. All other
 * ways to identify a thread call helpers. These are most of the cost of recording a call, above all on processors whose
 * returns are guarded (retbleed, SRSO): two helpers at each end of a call took 130 ns of 690; this takes 20.
 *
 * A thread has an entry from the moment when it becomes the application's until it exits, and only this thread writes
 * there. A thread whose entry another one has does without. If the kernel skipped the program at a thread's exit, the
 * entry stays, and a new thread may have its registers at the same address. The entry can then say of that thread's
 * calls only that there is nothing new in them, because code that adds a fact reads the task's own state. The entry is
 * removed when that thread is taken into a run.
 */
#ifndef PROFILEGEN_STACKS_H
#define PROFILEGEN_STACKS_H

#include "recording.h"

#define STACK_BITS 12

__weak __u64 stranger_fence;

/* Each fills a cache line, so that threads on two CPUs do not share one. */
struct pg_stack {
  __u64 regs; /* where the owner's registers are saved; 0: no owner */
  __u32 run;
  __u32 program;
  struct pg_call_state at;
  __u64 stranger; /* where those of a stranger are saved; any stranger may write this */
  __u64 unused[4];
};

struct {
  __uint(type, BPF_MAP_TYPE_ARRAY);
  __uint(max_entries, 1 << STACK_BITS);
  __type(key, __u32);
  __type(value, struct pg_stack);
} stacks __weak SEC(".maps");

/* Index in `stacks` → the owner's address. Whoever puts its address here first has the entry. */
struct {
  __uint(type, BPF_MAP_TYPE_HASH);
  __uint(max_entries, 1 << STACK_BITS);
  __type(key, __u32);
  __type(value, __u64);
} stack_owners __weak SEC(".maps");

static __always_inline __u32 stack_index(struct pt_regs *regs)
{
  __u32 address;

  /* The verifier takes a pointer for a number once its half was copied; a compiler may leave out that copy. */
  asm volatile("%0 = %1" : "=w"(address) : "w"((__u32)(__u64)regs));
  return (address / THREAD_SIZE * 0x9e3779b1U) >> (32 - STACK_BITS);
}

/* The entry for these registers, whoever owns it, or NULL. */
static __always_inline struct pg_stack *stack_at(struct pt_regs *regs)
{
  __u32 index = stack_index(regs);

  return has_task_storage ? bpf_map_lookup_elem(&stacks, &index) : NULL;
}

/* The same if the thread itself owns it, else NULL. */
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
  stack->run = state->run;
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

/*
 * Another thread may be taking this one in. It sets the task's state and then calls forget_stranger(). Here the order
 * is reversed, so that one of the two sees what the other wrote.
 */
static __always_inline void remember_stranger(struct pt_regs *regs)
{
  struct pg_stack *stack = stack_at(regs);

  if (!stack)
    return;
  *(volatile __u64 *)&stack->stranger = (__u64)regs;
  __sync_fetch_and_add(&stranger_fence, 1); /* a barrier between the write and the read */
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

/* Where the thread's current call is kept. */
static __always_inline struct pg_call_state *call_state(struct pg_task *state, struct pt_regs *regs)
{
  struct pg_stack *stack = stack_of(regs);

  return stack ? &stack->at : &state->at;
}

#endif
