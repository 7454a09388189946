/* SPDX-License-Identifier: Apache-2.0
 *
 * Which calls the kernel continues by restart_syscall(2) after a stop, a freeze or a signal without a handler: those
 * that return ERESTART_RESTARTBLOCK then (hrtimer_nanosleep(), do_sys_poll() and futex_wait()). Other calls are
 * repeated as they are, or fail with EINTR. Shared by kernel and user space.
 */
#ifndef PROFILEGEN_CONTINUED_CALLS_H
#define PROFILEGEN_CONTINUED_CALLS_H

#include "profilegen/abi.h"

#define PG_TIMER_ABSTIME 1
#define PG_FUTEX_WAIT 0
#define PG_FUTEX_WAIT_BITSET 9
#define PG_FUTEX_FLAGS (128U | 256U) /* FUTEX_PRIVATE_FLAG, FUTEX_CLOCK_REALTIME */

/*
 * `path` and `flags`: the call's arguments that the target names by these fields; of `path` the lower half is used. A
 * poll that does not wait, as some languages make it at each start, is not counted.
 */
static inline __attribute__((always_inline)) int pg_may_be_continued(__u32 kind, __u32 path, __u64 flags) {
  __u32 command = path & ~PG_FUTEX_FLAGS;

  switch (kind) {
    case PG_TARGET_SLEEP:
      return !(flags & PG_TIMER_ABSTIME);
    case PG_TARGET_POLL:
      return path != 0;
    case PG_TARGET_FUTEX:
      return (command == PG_FUTEX_WAIT || command == PG_FUTEX_WAIT_BITSET) && flags != 0;
    default:
      return 0;
  }
}

#endif
