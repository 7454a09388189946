/* SPDX-License-Identifier: (BSD-2-Clause OR GPL-2.0-only)
 *
 * Reads the arguments of the current thread's call, for code that is not hot.
 */
#ifndef PROFILEGEN_OWN_ARGUMENT_H
#define PROFILEGEN_OWN_ARGUMENT_H

#include "registers.h"

/*
 * A global function, which is verified once. `n` is not a constant, so the verifier would otherwise follow the dozen
 * branches of argument() wherever it is used.
 */
__weak __u64 own_argument(__s32 n)
{
  struct task_struct *task = current_task();

  return argument(user_registers(task), in_compat_call(task) ? PG_COMPAT : PG_NATIVE, n);
}

#endif
