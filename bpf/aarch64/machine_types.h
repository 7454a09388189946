/* SPDX-License-Identifier: (BSD-2-Clause OR GPL-2.0-only)
 *
 * What of the kernel's types is arm64's own; included by kernel_types.h.
 */
#ifndef PROFILEGEN_MACHINE_TYPES_H
#define PROFILEGEN_MACHINE_TYPES_H

/* How bpf_tracing.h takes the arguments of a probed function. */
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
