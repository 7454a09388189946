/* SPDX-License-Identifier: (BSD-2-Clause OR GPL-2.0-only)
 *
 * Records how large the files of a container become, by powers of two: a writable place must have room for them. Most
 * writes do not make a file larger than was seen already. To find that out the file is identified by its directory,
 * name and inode, which needs no walk for the whole path.
 */
#ifndef PROFILEGEN_SIZES_H
#define PROFILEGEN_SIZES_H

#include "files.h"

#define PAGE_BITS 12
#define S_IFREG 0100000

/* The least number n, from PAGE_BITS on, with which the size is at most 1 << n. */
static __always_inline __u32 size_class(__u64 size)
{
  __u64 above = (size - 1) >> PAGE_BITS;
  __u32 class = PAGE_BITS;

#pragma unroll
  for (__u32 step = 32; step; step >>= 1)
    if (above >> step) {
      above >>= step;
      class += step;
    }
  return class + (above != 0);
}

/*
 * The mark (seen.h) of a file with this size. A function of its own, so that its stack is free again when it returns:
 * add_place() and what that calls need all the stack that there is.
 */
static __noinline __u64 size_mark(__u32 run, __u64 dentry, __u32 class)
{
  struct pg_seen_key key = {.run = run, .ops = PLACE_SIZE | class};
  struct pg_dentry_place place;

  read_dentry((struct dentry *)dentry, &place);
  key.hash = place.parent ^ place.hash_len << 1;
  key.ino = place.inode;
  return seen_mark(&key);
}

static __always_inline __u64 size_of(struct file *file)
{
  return file && follow_cgroups ? BPF_CORE_READ(file, f_inode, i_size) : 0;
}

/* Whether the descriptor's file is larger than was reported. Sockets and pipes have no size. */
static __noinline int has_grown(__u32 run, __s32 descriptor)
{
  struct file *file = file_of(descriptor);
  __u64 size = size_of(file);
  struct path path;

  return size && path_of_file(file, &path) && !was_seen(size_mark(run, (__u64)path.dentry, size_class(size)));
}

__weak int add_size(__s32 descriptor)
{
  struct pg_task *state = current_state();
  struct file *file = file_of(descriptor);
  __u64 size = size_of(file);
  struct path path;

  if (!state || !size || !path_of_file(file, &path) || (BPF_CORE_READ(file, f_inode, i_mode) & S_IFMT) != S_IFREG)
    return 0;
  __u32 class = size_class(size);
  __u64 mark = size_mark(state->run, (__u64)path.dentry, class);
  if (add_place((__u64)path.mnt, (__u64)path.dentry, PLACE_SIZE | class))
    remember_seen(mark);
  return 0;
}

#endif
