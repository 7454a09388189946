/* SPDX-License-Identifier: (BSD-2-Clause OR GPL-2.0-only)
 *
 * The kernel's types that are particular to arm64. kernel_types.h includes this file.
 */
#ifndef PROFILEGEN_MACHINE_TYPES_H
#define PROFILEGEN_MACHINE_TYPES_H

/* bpf_tracing.h reads the arguments of a probed function through this type. */
struct user_pt_regs {
  __u64 regs[31];
  __u64 sp;
  __u64 pc;
  __u64 pstate;
};

struct pt_regs {
  __u64 regs[31];
  __u64 sp;
  __u64 pc;
  __u64 pstate;
  __u64 orig_x0;
  __s32 syscallno;
};

struct thread_info {
  unsigned long flags;
};

/* arch/arm64/include/asm/memory.h, for pages of 4 and 16 KiB without KASAN */
#define THREAD_SIZE 16384

#endif
