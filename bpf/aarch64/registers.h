/* SPDX-License-Identifier: (BSD-2-Clause OR GPL-2.0-only)
 *
 * Reads a call's number and arguments from the registers, when it enters the kernel and also when it returns.
 */
#ifndef PROFILEGEN_REGISTERS_H
#define PROFILEGEN_REGISTERS_H

#include "recording.h"

/* arch/arm64/include/uapi/asm/ptrace.h: nRW of PSTATE, set while the processor runs 32-bit code */
#define PSR_MODE32_BIT 0x10

static __always_inline bool in_compat_call(struct task_struct *task)
{
  struct pt_regs *regs = user_registers(task);

  return REGISTER(regs, pstate) & PSR_MODE32_BIT;
}

/* 32-bit and 64-bit code enter the kernel by different tables of calls. */
static __always_inline struct call_id call_id(struct task_struct *task, __u64 raw)
{
  return (struct call_id){.number = (__u32)raw, .abi = in_compat_call(task) ? PG_COMPAT : PG_NATIVE};
}

static __always_inline __u64 call_number(struct pt_regs *regs) { return (__u32)REGISTER(regs, syscallno); }

static __always_inline bool is_surely_native(struct pt_regs *regs) { return !(regs->pstate & PSR_MODE32_BIT); }

static __always_inline __u64 stack_pointer(struct pt_regs *regs) { return REGISTER(regs, sp); }

static __always_inline __u64 program_counter(struct pt_regs *regs) { return REGISTER(regs, pc); }

/* x0 to x30 and the stack pointer, as the DWARF supplement of the 64-bit Arm architecture numbers them. */
static __always_inline void read_registers(struct pt_regs *regs, __u64 *numbered)
{
#pragma unroll
  for (int i = 0; i < 31; i++)
    numbered[i] = REGISTER(regs, regs[i]);
  numbered[31] = REGISTER(regs, sp);
}

/*
 * Both tables take their arguments in the same registers. When a call returns x0 already holds the result, so argument
 * 0 is read from orig_x0.
 */
static __always_inline __u64 argument(struct pt_regs *regs, __u32 abi, int n)
{
  __u64 value;

  switch (n) {
  case 0: value = REGISTER(regs, orig_x0); break;
  case 1: value = REGISTER(regs, regs[1]); break;
  case 2: value = REGISTER(regs, regs[2]); break;
  case 3: value = REGISTER(regs, regs[3]); break;
  case 4: value = REGISTER(regs, regs[4]); break;
  default: value = REGISTER(regs, regs[5]); break;
  }
  return abi == PG_COMPAT ? (__u32)value : value;
}

#endif
