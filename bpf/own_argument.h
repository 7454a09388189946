/* SPDX-License-Identifier: (BSD-2-Clause OR GPL-2.0-only)
 *
 * The arguments of the call that the current thread is in, for what is not hot.
 */
#ifndef PROFILEGEN_OWN_ARGUMENT_H
#define PROFILEGEN_OWN_ARGUMENT_H

#include "registers.h"

/*
 * A global function is verified once. Which argument is not known before, so that argument() is a dozen ways to go at
 * each place where it is used.
 */
__weak __u64 own_argument(__s32 n)
{
  struct task_struct *task = current_task();

  return argument(user_registers(task), in_compat_call(task) ? PG_COMPAT : PG_NATIVE, n);
}

#endif
