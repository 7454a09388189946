/* SPDX-License-Identifier: (BSD-2-Clause OR GPL-2.0-only)
 *
 * Names as programs give them: the directory they start from is walked here, the name itself is resolved by user space
 * in the container's root.
 */
#ifndef PROFILEGEN_NAMES_H
#define PROFILEGEN_NAMES_H

#include "files.h"

/* The root of the mount namespace, through whatever is stacked on it. Anything else is a chroot(2). */
static __always_inline bool is_namespace_root(struct path *root)
{
  struct dentry *dentry = root->dentry;
  struct mount *mount = mount_of(root->mnt);

  for (int i = 0; i < 4; i++) {
    if (dentry != BPF_CORE_READ(mount, mnt.mnt_root))
      return false;
    struct mount *up = BPF_CORE_READ(mount, mnt_parent);
    if (up == mount)
      return true;
    dentry = BPF_CORE_READ(mount, mnt_mountpoint);
    mount = up;
  }
  return false;
}

/*
 * Tells user space that the thread is in a mount namespace that is not the container's, once, or that its mounts have
 * changed, each time. It has to be told at once: with the thread the namespace may go.
 */
__weak int announce_mounts(__u32 changed)
{
  struct pg_task *state = current_state();
  __u64 mnt_ns = mnt_ns_of(current_task());
  struct pg_seen_key key = {.hash = mnt_ns, .ops = 0xfffffffe};

  struct pg_recording *recording = app_recording(state);
  if (!recording || !mnt_ns || (mnt_ns == recording->mnt_ns && !changed))
    return 0;
  struct pg_file_event head = file_event(state, 0, 0, 0);
  head.type = PG_EVENT_MOUNTS;
  fill_mounts(&head, recording, mnt_ns);
  key.recording = state->recording;
  key.ino = head.mnt_ns; /* numbers are used again later than pointers */
  __u64 mark = seen_mark(&key);
  if (!changed && was_seen(mark))
    return 0;
  if (bpf_ringbuf_output(&events, &head, sizeof(head), BPF_RB_FORCE_WAKEUP))
    lost(PG_LOSS_FILES);
  else
    remember_seen(mark);
  return 0;
}

/* Tells user space once where a chroot(2) lies, and returns its number; 0 for the namespace's root. */
__weak __u64 announce_root(__u64 mnt, __u64 dentry)
{
  struct path path = {.mnt = (struct vfsmount *)mnt, .dentry = (struct dentry *)dentry};
  struct pg_task *state = current_state();
  struct path *root = &path;
  struct pg_walk_result found = {};
  struct pg_walk *walk;

  struct pg_recording *recording = app_recording(state);
  if (!recording || is_namespace_root(root) || !walk_to(root, mnt_ns_of(current_task()), &walk, &found))
    return 0;
  __u64 number = found.key.hash ^ found.key.ino;
  found.key.recording = state->recording;
  found.key.ops = 0xffffffff;
  __u64 mark = seen_mark(&found.key);
  if (was_seen(mark))
    return number;
  struct pg_file_event head = file_event(state, found.flags, 0, found.key.dev);
  head.type = PG_EVENT_ROOT;
  head.root = number;
  if (send_path(walk, &head, 0))
    remember_seen(mark);
  return number;
}

static __always_inline bool start_of_name(struct task_struct *task, __s32 directory, bool absolute, struct path *start)
{
  struct fs_struct *fs = BPF_CORE_READ(task, fs);

  if (absolute)
    return bpf_core_read(start, sizeof(*start), &fs->root) == 0;
  if (directory == AT_FDCWD)
    return bpf_core_read(start, sizeof(*start), &fs->pwd) == 0;
  return path_of_file(file_of(directory), start);
}

/* Go with the bit mask of operations. */
#define NAME_FOLLOW (1U << 31)  /* a link in the last place is followed */
#define NAME_KERNEL (1U << 30)  /* the string is the kernel's own copy */
#define NAME_REFUSED (1U << 29) /* see PG_FILE_REFUSED */
#define NAME_OPS (NAME_REFUSED - 1)
_Static_assert(PG_OPS <= 29, "operations and flags of names share 32 bits");

static __always_inline long read_name(char *to, __u32 size, const char *name, __u32 ops_flags)
{
  return ops_flags & NAME_KERNEL ? bpf_probe_read_kernel_str(to, size, name) : bpf_probe_read_user_str(to, size, name);
}

/* As two words: comparing byte by byte is a branch for each to the verifier. */
union name_begin {
  char text[16];
  __u64 words[2];
};

static const union name_begin name_of_descriptor = {.text = "/proc/self/fd/"};
static const union name_begin short_name_of_descriptor = {.text = "/dev/fd/"};
#define NAME_OF_DESCRIPTOR 14
#define SHORT_NAME_OF_DESCRIPTOR 8

/* Length of the prefix that makes a name one of a descriptor. */
static __always_inline __u32 descriptor_prefix(const union name_begin *name)
{
  if (name->words[0] == short_name_of_descriptor.words[0])
    return SHORT_NAME_OF_DESCRIPTOR;
  /* The name's last two bytes are what stands behind the prefix. */
  if (name->words[0] == name_of_descriptor.words[0] && name->words[1] << 16 == name_of_descriptor.words[1] << 16)
    return NAME_OF_DESCRIPTOR;
  return 0;
}

/*
 * C libraries reach a descriptor that they may not use for a call through its name, /proc/self/fd/N, which nobody but
 * the thread itself can resolve. Returns how much of the name that is, above the descriptor's number in the lower half;
 * 0 when it is no such name. A global function: see walk_step().
 */
__weak __u64 descriptor_in(__u64 address, __u32 ops_flags)
{
  const char *name = (const char *)address;
  union name_begin begin = {};
  __u32 number = 0, i;
  char last = 0;

  read_name(begin.text, sizeof(begin), name, ops_flags);
  __u32 prefix = descriptor_prefix(&begin);
  if (!prefix)
    return 0;
  read_name(begin.text, sizeof(begin), name + prefix, ops_flags);
#pragma unroll
  for (i = 0; i < sizeof(begin) - 1; i++) {
    last = begin.text[i];
    if (last < '0' || last > '9')
      break;
    number = number * 10 + last - '0';
  }
  if (i == 0 || (last != '/' && (last != 0 || !(ops_flags & NAME_FOLLOW))))
    return 0;
  return (__u64)(prefix + i + (last == '/')) << 32 | number;
}

/* Takes that much off the name; what is left is relative to the descriptor. */
static __always_inline void enter_descriptor(const char **name, __s32 *directory, __u32 ops_flags)
{
  __u64 found = descriptor_in((__u64)*name, ops_flags);

  if (!found)
    return;
  *name += found >> 32;
  *directory = (__s32)found;
}

/*
 * Done to the file that the thread calls `name`, of at most `limit` bytes with the terminator. The string is still
 * in memory when the call returns; a name that can't be read is counted.
 */
__weak int add_name_below(__s32 directory, __u64 address, __u32 limit, __u32 ops_flags, __u64 chroot)
{
  struct task_struct *task = current_task();
  struct pg_task *state = current_state();
  const char *name = (const char *)address;
  struct pg_walk_result found = {};
  struct pg_walk *walk;
  struct path start;
  char first[2] = {};

  struct pg_recording *recording = app_recording(state);
  if (!recording)
    return 0;
  if (!BPF_CORE_READ(task, fs))
    return 0;
  __u64 mnt_ns = mnt_ns_of(task); /* names are looked up in the thread's own */
  read_name(first, sizeof(first), name, ops_flags);
  if (!start_of_name(task, directory, first[0] == '/', &start) || !walk_to(&start, mnt_ns, &walk, &found))
    return 0;
  long length = read_name(&walk->raw[TAIL_AT], limit > PG_PATH_MAX ? PG_PATH_MAX : limit, name, ops_flags);
  if (length <= 0 || length > PG_PATH_MAX) {
    lost(PG_LOSS_PATHS);
    return 0;
  }
  __u8 flags = (found.flags & PG_FILE_FOREIGN) | PG_FILE_TAIL | (ops_flags & NAME_FOLLOW ? PG_FILE_FOLLOW : 0) |
               (ops_flags & NAME_REFUSED ? PG_FILE_REFUSED : 0);
  struct pg_file_event head = file_event(state, flags, ops_flags & NAME_OPS, found.key.dev);
  head.root = chroot;
  fill_mounts(&head, recording, mnt_ns);
  send_path(walk, &head, (length - 1) & (PG_PATH_MAX - 1));
  return 0;
}

/* The chroot is told first and not from within: the stacks of nested functions add up, to 512 bytes at the most. */
static __always_inline int add_name(__s32 directory, __u64 address, __u32 limit, __u32 ops_flags)
{
  struct fs_struct *fs = BPF_CORE_READ(current_task(), fs);
  struct path root;

  if (!fs || bpf_core_read(&root, sizeof(root), &fs->root))
    return 0;
  return add_name_below(directory, address, limit, ops_flags, announce_root((__u64)root.mnt, (__u64)root.dentry));
}

/*
 * execve: the program, and the script that it is the interpreter of. A script that was executed by its descriptor is
 * called /dev/fd/N by the kernel, and the interpreter opens it by that name: the descriptor is still there.
 */
static __always_inline int add_exec(struct pg_task *state, struct linux_binprm *bprm)
{
  const __u32 how = NAME_FOLLOW | NAME_KERNEL;
  const __u32 ops = 1 << PG_OP_EXEC;
  const char *script = BPF_CORE_READ(bprm, filename); /* a number to the verifier, as arguments must be */
  __s32 directory = AT_FDCWD;
  char first[2] = {};
  struct path path;

  if (state->phase != PG_APP)
    return 0;
  if (path_of_file(BPF_CORE_READ(bprm, file), &path))
    add_path(&path, ops);
  if (script == BPF_CORE_READ(bprm, interp))
    return 0;
  enter_descriptor(&script, &directory, how);
  read_name(first, sizeof(first), script, how);
  if (first[0])
    return add_name(directory, (__u64)script, PG_PATH_MAX, ops | how);
  return add_descriptor(directory, ops);
}

#endif
