/* SPDX-License-Identifier: (BSD-2-Clause OR GPL-2.0-only)
 *
 * The operations (pg_file_op) that opening a file means.
 */
#ifndef PROFILEGEN_OPENED_H
#define PROFILEGEN_OPENED_H

#include "kernel_types.h"
#include "profilegen/abi.h"

#define O_TRUNC 01000
#define O_TMPFILE_BIT 020000000

static __always_inline __u32 opened_ops(__u32 mode, __u64 open_flags)
{
  __u32 ops = 0;

  if (mode & FMODE_PATH)
    return 0;
  if (open_flags & O_TMPFILE_BIT)
    return 1 << PG_OP_TMPFILE;
  if (mode & FMODE_READ)
    ops |= 1 << PG_OP_READ;
  if (mode & FMODE_WRITE)
    ops |= 1 << PG_OP_WRITE;
  if (mode & FMODE_CREATED)
    ops |= 1 << PG_OP_CREATE;
  if (open_flags & O_TRUNC)
    ops |= 1 << PG_OP_TRUNCATE;
  return ops;
}

#endif
