/* SPDX-License-Identifier: (BSD-2-Clause OR GPL-2.0-only)
 *
 * Reports files by the names that programs give. Only the path of the directory where a name starts is found here; user
 * space resolves the name itself in the container's root.
 */
#ifndef PROFILEGEN_NAMES_H
#define PROFILEGEN_NAMES_H

#include "files.h"
#include "needless.h"

/* Whether this is the root of the mount namespace or of a mount stacked on it. Any other root is of chroot(2). */
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
 * Tells user space that the thread is in another mount namespace than the container's (once), or that the mounts of its
 * namespace have changed (each time). This can't wait: the namespace may end with the thread.
 */
__weak int announce_mounts(__u32 changed)
{
  struct pg_task *state = current_state();
  __u64 mnt_ns = mnt_ns_of(current_task());
  struct pg_seen_key key = {.hash = mnt_ns, .ops = 0xfffffffe};

  struct pg_run *run = app_run(state);
  if (!run || !mnt_ns || (mnt_ns == run->mnt_ns && !changed))
    return 0;
  struct pg_file_event head;
  begin_event(&head, state, 0, 0, 0);
  head.type = PG_EVENT_MOUNTS;
  fill_mounts(&head, run, mnt_ns);
  key.run = state->run;
  key.ino = head.mnt_ns; /* the kernel uses an address again */
  __u64 mark = seen_mark(&key);
  if (!changed && was_seen(mark))
    return 0;
  if (bpf_ringbuf_output(&events, &head, sizeof(head), BPF_RB_FORCE_WAKEUP))
    lost(PG_LOSS_FILES);
  else
    remember_seen(mark);
  return 0;
}

/* Tells user space once where a chroot(2) has its root, and returns a number for it; 0 for the namespace's root. */
__weak __u64 announce_root(__u64 mnt, __u64 dentry)
{
  struct path path = {.mnt = (struct vfsmount *)mnt, .dentry = (struct dentry *)dentry};
  struct pg_task *state = current_state();
  struct path *root = &path;
  struct pg_walk_result found = {};
  struct pg_walk *walk;

  struct pg_run *run = app_run(state);
  if (!run || is_namespace_root(root) || !walk_to(root, mnt_ns_of(current_task()), &walk, &found))
    return 0;
  __u64 number = found.key.hash ^ found.key.ino;
  found.key.run = state->run;
  found.key.ops = 0xffffffff;
  __u64 mark = seen_mark(&found.key);
  if (was_seen(mark))
    return number;
  begin_event(&walk->head, state, found.flags, 0, found.key.dev);
  walk->head.type = PG_EVENT_ROOT;
  walk->head.root = number;
  if (send_path(walk, 0))
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

/* Flags that are passed in the same word as the operations. */
#define NAME_FOLLOW (1U << 31)  /* a symbolic link in the last component is followed */
#define NAME_KERNEL (1U << 30)  /* the string is in the kernel's memory */
#define NAME_REFUSED (1U << 29) /* see PG_FILE_REFUSED */
#define NAME_ASKED (1U << 28)   /* see PG_FILE_ASKED */
#define NAME_OPS (NAME_ASKED - 1)
_Static_assert(PG_OPS <= 28, "operations share 32 bits with flags of names and places and PG_EXEC_OWN");

static __always_inline long read_name(char *to, __u32 size, const char *name, __u32 ops_flags)
{
  return ops_flags & NAME_KERNEL ? bpf_probe_read_kernel_str(to, size, name) : bpf_probe_read_user_str(to, size, name);
}

/* Compared as two words: byte by byte would be a branch for each byte to the verifier. */
union name_begin {
  char text[16];
  __u64 words[2];
};

static const union name_begin name_of_descriptor = {.text = "/proc/self/fd/"};
static const union name_begin short_name_of_descriptor = {.text = "/dev/fd/"};
static const union name_begin name_of_directory = {.text = "/proc/self/cwd/"};
static const union name_begin name_of_root = {.text = "/proc/self/root"};
#define NAME_OF_DESCRIPTOR 14
#define SHORT_NAME_OF_DESCRIPTOR 8
#define NAME_OF_OWN_DIRECTORY 15
static const union name_begin name_of_thread = {.text = "/proc/thread-s"};
static const union name_begin rest_of_thread = {.text = "hread-se"};
#define THREAD_PREFIX 7 /* "thread-" */

/* The length of the prefix before a descriptor's number; 0 if the name is not that of a descriptor. */
static __always_inline __u32 descriptor_prefix(const union name_begin *name)
{
  if (name->words[0] == short_name_of_descriptor.words[0])
    return SHORT_NAME_OF_DESCRIPTOR;
  /* The shift leaves out the last two bytes, which come after the prefix. */
  if (name->words[0] == name_of_descriptor.words[0] && name->words[1] << 16 == name_of_descriptor.words[1] << 16)
    return NAME_OF_DESCRIPTOR;
  return 0;
}

/*
 * How descriptor_in() tells names below the thread's own working directory and root: what follows is a name that begins
 * at AT_FDCWD, or, with its slash, an absolute one.
 */
static __always_inline __u64 own_directory_in(const union name_begin *begin, const char *name, __u32 longer,
                                              __u32 ops_flags)
{
  /* The shift leaves out the last byte, which is the terminator of what was read. */
  __u64 rest = begin->words[1] << 8;
  char next[2] = {};

  if (begin->words[0] != name_of_root.words[0])
    return 0;
  bool is_root = rest == name_of_root.words[1] << 8;
  if (!is_root && rest != name_of_directory.words[1] << 8)
    return 0;
  read_name(next, sizeof(next), name + NAME_OF_OWN_DIRECTORY, ops_flags);
  /* Below the directory, what begins with one more slash would be taken for an absolute name. */
  if (is_root != (next[0] == '/'))
    return 0;
  return (__u64)(longer + NAME_OF_OWN_DIRECTORY) << 32 | (__u32)AT_FDCWD;
}

/* Reads a name that begins with /proc/thread-self as if it began with /proc/self. Returns by how much it is longer. */
static __always_inline __u32 skip_thread_prefix(union name_begin *begin, const char *name, __u32 ops_flags)
{
  if (begin->words[0] != name_of_thread.words[0])
    return 0;
  read_name(begin->text, sizeof(*begin), name + THREAD_PREFIX, ops_flags);
  if (begin->words[0] == rest_of_thread.words[0])
    begin->words[0] = name_of_root.words[0];
  return THREAD_PREFIX;
}

/*
 * Where a call does not take a descriptor, C libraries pass its name, /proc/self/fd/N, which only the thread itself can
 * resolve; so are names below /proc/self/cwd and /proc/self/root. Returns the length of that part of the name in the
 * upper half, the descriptor in the lower half; 0 for any other name. A global function: see walk_step() in paths.h.
 */
__weak __u64 descriptor_in(__u64 address, __u32 ops_flags)
{
  const char *name = (const char *)address;
  union name_begin begin = {};
  __u32 number = 0, i;
  char last = 0, next = 0;

  read_name(begin.text, sizeof(begin), name, ops_flags);
  __u32 longer = skip_thread_prefix(&begin, name, ops_flags);
  name += longer;
  __u32 prefix = descriptor_prefix(&begin);
  if (!prefix)
    return own_directory_in(&begin, name, longer, ops_flags);
  read_name(begin.text, sizeof(begin), name + prefix, ops_flags);
#pragma unroll
  for (i = 0; i < sizeof(begin) - 1; i++) {
    last = begin.text[i];
    next = begin.text[i + 1];
    if (last < '0' || last > '9')
      break;
    number = number * 10 + last - '0';
  }
  if (i == 0 || (last == '/' && next == '/') || (last != '/' && (last != 0 || !(ops_flags & NAME_FOLLOW))))
    return 0;
  return (__u64)(longer + prefix + i + (last == '/')) << 32 | number;
}

/* Removes the name of a descriptor from the beginning of `name`; the rest is relative to that descriptor. */
static __always_inline void enter_descriptor(const char **name, __s32 *directory, __u32 ops_flags)
{
  __u64 found = descriptor_in((__u64)*name, ops_flags);

  if (!found)
    return;
  *name += found >> 32;
  *directory = (__s32)found;
}

/*
 * Reports operations on the file that the thread calls by the string at `address`, of at most `limit` bytes with the
 * terminator. The string is still in memory when the call returns. A name that can't be read counts as lost.
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

  struct pg_run *run = app_run(state);
  if (!run)
    return 0;
  if (!BPF_CORE_READ(task, fs))
    return 0;
  __u64 mnt_ns = mnt_ns_of(task); /* names are resolved in the thread's own namespace */
  read_name(first, sizeof(first), name, ops_flags);
  if (!start_of_name(task, directory, first[0] == '/', &start) || !walk_to(&start, mnt_ns, &walk, &found))
    return 0;
  long length = read_name(&walk->raw[TAIL_AT], limit > PG_PATH_MAX ? PG_PATH_MAX : limit, name, ops_flags);
  if (length <= 0 || length > PG_PATH_MAX) {
    if (!(ops_flags & NAME_ASKED))
      lost(PG_LOSS_PATHS);
    return 0;
  }
  __u8 flags = (found.flags & PG_FILE_FOREIGN) | PG_FILE_TAIL | (ops_flags & NAME_FOLLOW ? PG_FILE_FOLLOW : 0) |
               (ops_flags & NAME_REFUSED ? PG_FILE_REFUSED : 0) | (ops_flags & NAME_ASKED ? PG_FILE_ASKED : 0);
  begin_event(&walk->head, state, flags, ops_flags & NAME_OPS, found.key.dev);
  walk->head.root = chroot;
  fill_mounts(&walk->head, run, mnt_ns);
  send_path(walk, (length - 1) & (PG_PATH_MAX - 1));
  return 0;
}

/*
 * The root is announced here and not by add_name_below(), because the stacks of nested functions add up, to 512 bytes
 * at most.
 */
static __always_inline int add_name(__s32 directory, __u64 address, __u32 limit, __u32 ops_flags)
{
  struct fs_struct *fs = BPF_CORE_READ(current_task(), fs);
  struct path root;

  if (!fs || bpf_core_read(&root, sizeof(root), &fs->root))
    return 0;
  return add_name_below(directory, address, limit, ops_flags, announce_root((__u64)root.mnt, (__u64)root.dentry));
}

#define LSM_UNSAFE_NO_NEW_PRIVS 4 /* include/linux/security.h */

/*
 * How the executed file's capabilities count, see PG_EXEC_OWN. The kernel sets `secureexec` for a user other than root
 * whose program has file capabilities, also if none takes effect. With no-new-privileges the program can have such
 * capabilities only if the thread had them before. An ambient set, which other programs inherit, is no gain.
 */
static __always_inline __u32 exec_traits(const struct pg_run *run, const struct cred *own, struct linux_binprm *bprm)
{
  if (!run || (__u64)BPF_CORE_READ(own, user_ns) != run->user_ns)
    return 0;
  __u64 permitted = capability_set(&own->cap_permitted) & ~capability_set(&own->cap_ambient);
  bool gains = permitted && BPF_CORE_READ_BITFIELD_PROBED(bprm, secureexec) &&
               !(BPF_CORE_READ(bprm, unsafe) & LSM_UNSAFE_NO_NEW_PRIVS);
  return PG_EXEC_OWN | (gains ? PG_EXEC_GAINS : 0);
}

/*
 * Reports what execve executed: the program and, if that is an interpreter, its script. The kernel calls a script that
 * was executed by its descriptor /dev/fd/N. The interpreter opens it by that name, so the descriptor still exists.
 */
static __always_inline int add_exec(struct pg_task *state, struct linux_binprm *bprm)
{
  const __u32 how = NAME_FOLLOW | NAME_KERNEL;
  const __u32 ops = 1 << PG_OP_EXEC;
  const char *script = BPF_CORE_READ(bprm, filename); /* to the verifier a number, as arguments must be */
  __s32 directory = AT_FDCWD;
  char first[2] = {};
  struct path path;

  if (state->phase != PG_APP)
    return 0;
  if (path_of_file(BPF_CORE_READ(bprm, file), &path))
    add_path(&path, ops | exec_traits(run_of(state), BPF_CORE_READ(current_task(), real_cred), bprm));
  if (script == BPF_CORE_READ(bprm, interp))
    return 0;
  enter_descriptor(&script, &directory, how);
  read_name(first, sizeof(first), script, how);
  if (first[0])
    return add_name(directory, (__u64)script, PG_PATH_MAX, ops | how);
  return add_descriptor(directory, ops);
}

#endif
