/* SPDX-License-Identifier: (BSD-2-Clause OR GPL-2.0-only)
 *
 * The kernel's types that are particular to x86-64. kernel_types.h includes this file.
 */
#ifndef PROFILEGEN_MACHINE_TYPES_H
#define PROFILEGEN_MACHINE_TYPES_H

struct pt_regs {
  unsigned long r15, r14, r13, r12, bp, bx, r11, r10, r9, r8, ax, cx, dx, si, di, orig_ax, ip, cs, flags, sp, ss;
};

struct thread_info {
  __u32 status;
};

/* arch/x86/include/asm/page_64_types.h, without KASAN */
#define THREAD_SIZE 16384

#endif
