/* SPDX-License-Identifier: (BSD-2-Clause OR GPL-2.0-only)
 *
 * Where the arguments of a call are when it enters the kernel, and still when it returns.
 */
#ifndef PROFILEGEN_REGISTERS_H
#define PROFILEGEN_REGISTERS_H

#include "recording.h"

/* Typed where a task's registers can be asked for, else an address. */
#define REGISTER(regs, name) (has_task_storage ? (regs)->name : BPF_CORE_READ(regs, name))

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
