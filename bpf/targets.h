/* SPDX-License-Identifier: (BSD-2-Clause OR GPL-2.0-only)
 *
 * Finds the file that a call's target tells (pg_target of include/profilegen/abi_calls.h): by the descriptor that the
 * call returned, or by a name among its arguments.
 */
#ifndef PROFILEGEN_TARGETS_H
#define PROFILEGEN_TARGETS_H

#include "names.h"
#include "opened.h"
#include "own_argument.h"

#define AT_REMOVEDIR 0x200
#define AT_SYMLINK_NOFOLLOW 0x100
#define AT_SYMLINK_FOLLOW 0x400

static __always_inline bool opens(const struct pg_target *target)
{
  return target->kind == PG_TARGET_OPEN || target->kind == PG_TARGET_OPEN_HOW;
}

#define TARGET_ASKED 2

/* One of the two targets of a call, or what it only asks for; `call` is its index in `call_table`. */
static __always_inline struct pg_target *target_of(__u32 call, __u32 which)
{
  struct pg_call_info *info = bpf_map_lookup_elem(&call_table, &call);

  if (!info)
    return NULL;
  return which == TARGET_ASKED ? &info->asked : &info->targets[which & 1];
}

/* A call of this pg_target_kind has opened a descriptor; `flags` is as in struct pg_target. */
__weak int add_opened(__u32 kind, __s32 flags, __s32 descriptor)
{
  struct file *file = file_of(descriptor);
  struct path path;
  __u64 open_flags = 0;

  if (!path_of_file(file, &path))
    return 0;
  if (kind == PG_TARGET_OPEN_HOW)
    bpf_probe_read_user(&open_flags, sizeof(open_flags), (void *)own_argument(flags));
  else if (flags >= 0)
    open_flags = own_argument(flags);
  __u32 ops = opened_ops(BPF_CORE_READ(file, f_mode), open_flags);
  if (ops)
    add_path(&path, ops);
  return 0;
}

/* What a relative name begins at. A function of its own: all calls on the way to a file's path have 512 bytes of stack
 * together. */
__weak int add_directory(__s32 directory, __u32 ops)
{
  struct path path;

  if (start_of_name(current_task(), directory, false, &path))
    add_path(&path, ops);
  return 0;
}

/* The program that the process executes. A function of its own likewise. */
__weak int add_program_file(__u32 ops)
{
  struct path path;

  if (path_of_file(BPF_CORE_READ(current_task(), mm, exe_file), &path))
    add_path(&path, ops);
  return 0;
}

/* `how`: NAME_* flags. A global function, as the larger ones here: see walk_step() in paths.h. */
__weak int add_named(__u32 call, __u32 which, __u32 op, __u32 how)
{
  struct pg_target *target = target_of(call, which);
  __u32 ops = 1 << (op & 31);
  char first = 0;

  if (!target)
    return 0;
  const char *name = (const char *)own_argument(target->path);
  __s32 directory = target->dir >= 0 ? (__s32)own_argument(target->dir) : AT_FDCWD;
  __u64 flags = target->flags >= 0 && !opens(target) ? own_argument(target->flags) : 0;
  bool follow = (target->follow && !(flags & AT_SYMLINK_NOFOLLOW)) || flags & AT_SYMLINK_FOLLOW;

  if (ops & RENAME_OPS && flags & RENAME_EXCHANGE)
    ops = RENAME_OPS;
  if (ops & 1 << PG_OP_UNLINK && flags & AT_REMOVEDIR)
    ops = 1 << PG_OP_RMDIR;
  if (name) {
    enter_descriptor(&name, &directory, follow ? NAME_FOLLOW : 0);
    if (bpf_probe_read_user(&first, 1, name)) {
      if (!(how & NAME_ASKED))
        lost(PG_LOSS_PATHS);
      return 0;
    }
  }
  if (first)
    return add_name(directory, (__u64)name, PG_PATH_MAX, ops | (follow ? NAME_FOLLOW : 0) | how);
  /* An empty name (AT_EMPTY_PATH), or NULL in utimensat(2), means the descriptor itself. */
  if (how & NAME_ASKED)
    return add_directory(directory, ops | PLACE_ASKED);
  return add_directory(directory, ops | (how & NAME_REFUSED ? PLACE_REFUSED : 0));
}

#define AF_UNIX 1
#define SUN_PATH_MAX 108

/* The file of a unix socket's address. `how` likewise. */
__weak int add_socket_file(__u32 call, __u32 which, __u32 how)
{
  struct pg_target *target = target_of(call, which);

  if (!target)
    return 0;
  const char *address = (const char *)own_argument(target->path);
  const char *name = address + sizeof(__u16);
  __u64 length = own_argument(target->flags);
  __s32 directory = AT_FDCWD;
  __u16 family = 0;
  char first = 0;

  bpf_probe_read_user(&family, sizeof(family), address);
  if (family != AF_UNIX || length <= 2)
    return 0;
  bpf_probe_read_user(&first, 1, name);
  if (!first) /* an abstract address is no file */
    return 0;
  length -= sizeof(family);
  if (length > SUN_PATH_MAX)
    length = SUN_PATH_MAX;
  enter_descriptor(&name, &directory, 0); /* names of more than 108 bytes are bound like this */
  length -= name - (address + sizeof(family));
  return add_name(directory, (__u64)name, length + 1, 1 << (target->op & 31) | NAME_FOLLOW | how);
}

#endif
