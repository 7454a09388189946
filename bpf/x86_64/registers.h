/* SPDX-License-Identifier: (BSD-2-Clause OR GPL-2.0-only)
 *
 * Reads a call's number and arguments from the registers, when it enters the kernel and also when it returns.
 */
#ifndef PROFILEGEN_REGISTERS_H
#define PROFILEGEN_REGISTERS_H

#include "recording.h"

/* arch/x86/include/asm/thread_info.h: set during a call through the i386 table */
#define TS_COMPAT 0x0002
#define X32_BIT 0x40000000U

static __always_inline bool in_compat_call(struct task_struct *task)
{
  return TASK_FIELD(task, thread_info.status) & TS_COMPAT;
}

/*
 * The call's number and its table. The kernel uses only the low 32 bits of rax. An x32 number has bit 30 set and is
 * otherwise below PG_CALLS: -1 has bit 30 set too, but is no x32 call.
 */
static __always_inline struct call_id call_id(struct task_struct *task, __u64 raw)
{
  struct call_id call = {.number = (__u32)raw, .abi = PG_NATIVE};

  if (in_compat_call(task))
    call.abi = PG_COMPAT;
  else if ((call.number & ~(PG_CALLS - 1)) == X32_BIT) {
    call.abi = PG_X32;
    call.number &= ~X32_BIT;
  }
  return call;
}

static __always_inline __u64 call_number(struct pt_regs *regs) { return REGISTER(regs, orig_ax); }

/*
 * Whether the call was made by the syscall instruction, which leaves the return address in rcx and the flags in r11.
 * Such a call is not of the i386 table. Of any other call only the task's state tells the table.
 */
static __always_inline bool is_surely_native(struct pt_regs *regs)
{
  return regs->cx == regs->ip && regs->r11 == regs->flags;
}

static __always_inline __u64 stack_pointer(struct pt_regs *regs) { return REGISTER(regs, sp); }

static __always_inline __u64 program_counter(struct pt_regs *regs) { return REGISTER(regs, ip); }

/* In the order of the x86-64 psABI, figure 3.36. */
static __always_inline void read_registers(struct pt_regs *regs, __u64 *numbered)
{
  numbered[0] = REGISTER(regs, ax);
  numbered[1] = REGISTER(regs, dx);
  numbered[2] = REGISTER(regs, cx);
  numbered[3] = REGISTER(regs, bx);
  numbered[4] = REGISTER(regs, si);
  numbered[5] = REGISTER(regs, di);
  numbered[6] = REGISTER(regs, bp);
  numbered[7] = REGISTER(regs, sp);
  numbered[8] = REGISTER(regs, r8);
  numbered[9] = REGISTER(regs, r9);
  numbered[10] = REGISTER(regs, r10);
  numbered[11] = REGISTER(regs, r11);
  numbered[12] = REGISTER(regs, r12);
  numbered[13] = REGISTER(regs, r13);
  numbered[14] = REGISTER(regs, r14);
  numbered[15] = REGISTER(regs, r15);
  numbered[16] = REGISTER(regs, ip);
}

static __always_inline __u64 argument(struct pt_regs *regs, __u32 abi, int n)
{
  if (abi == PG_COMPAT) {
    switch (n) {
    case 0: return (__u32)REGISTER(regs, bx);
    case 1: return (__u32)REGISTER(regs, cx);
    case 2: return (__u32)REGISTER(regs, dx);
    case 3: return (__u32)REGISTER(regs, si);
    case 4: return (__u32)REGISTER(regs, di);
    default: return (__u32)REGISTER(regs, bp);
    }
  }
  switch (n) {
  case 0: return REGISTER(regs, di);
  case 1: return REGISTER(regs, si);
  case 2: return REGISTER(regs, dx);
  case 3: return REGISTER(regs, r10);
  case 4: return REGISTER(regs, r8);
  default: return REGISTER(regs, r9);
  }
}

#endif
