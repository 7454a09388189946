/* SPDX-License-Identifier: (BSD-2-Clause OR GPL-2.0-only)
 *
 * Where the arguments of a call are when it enters the kernel, and still when it returns.
 */
#ifndef PROFILEGEN_REGISTERS_H
#define PROFILEGEN_REGISTERS_H

#include "recording.h"

static __always_inline __u64 argument(struct pt_regs *regs, __u32 abi, int n)
{
  if (abi == PG_COMPAT) {
    switch (n) {
    case 0: return (__u32)regs->bx;
    case 1: return (__u32)regs->cx;
    case 2: return (__u32)regs->dx;
    case 3: return (__u32)regs->si;
    case 4: return (__u32)regs->di;
    default: return (__u32)regs->bp;
    }
  }
  switch (n) {
  case 0: return regs->di;
  case 1: return regs->si;
  case 2: return regs->dx;
  case 3: return regs->r10;
  case 4: return regs->r8;
  default: return regs->r9;
  }
}

#endif
