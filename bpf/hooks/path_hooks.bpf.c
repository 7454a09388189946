/* SPDX-License-Identifier: (BSD-2-Clause OR GPL-2.0-only)
 *
 * Records what is done to named files, as the kernel's security hooks see it. A hook is given the file and not its
 * name. So one file can't look like another because a thread overwrites the name or somebody changes a link. The hooks
 * also see what io_uring does, which is not a system call.
 *
 * A hook is called before the kernel acts. What a call does is therefore tentative until it returns (sys_exit, in
 * returns.bpf.c). An operation of io_uring has no such return and counts as done.
 *
 * Files that calls open are left to sys_exit, where the descriptor tells everything. So are changes of owners
 * (security_path_chown() takes structures, which no trampoline passes before Linux 6.1), and of times and extended
 * attributes, whose hooks do not get the mount.
 */
#include "files.h"
#include "opened.h"
#include "registers.h"
#include "stacks.h"

#define PF_IO_WORKER 0x10 /* include/linux/sched.h; before Linux 5.12 io_uring's workers belong to no process */
#define S_IFSOCK 0140000
#define NOT_OURS (-1)

static __always_inline bool names_for(const struct pg_target *target, __u32 ops)
{
  return (target->kind == PG_TARGET_PATH || target->kind == PG_TARGET_SOCKADDR) && ops & 1 << (target->op & 31);
}

/*
 * The flags of the event for one of these operations, or NOT_OURS when the current call is not for that. Hooks are also
 * called within other calls: open(2) makes a node, and stacked file systems act on those below them.
 */
static __always_inline int flags_for(__u32 ops)
{
  struct task_struct *task = current_task();
  struct pg_task *state = member_state(task);

  if (!app_run(state))
    return NOT_OURS;
  if (TASK_FIELD(task, flags) & PF_IO_WORKER)
    return 0;
  struct pt_regs *regs = user_registers(task);
  __u8 place = call_state(state, regs)->place;
  if (place != PG_IN_CALL && place != PG_IN_PLAIN_CALL)
    return NOT_OURS;
  struct pg_call_info *info = call_info(call_id(task, call_number(regs)));
  if (!info)
    return NOT_OURS;
  if (info->traits & PG_TRAIT_SUBMITS)
    return 0;
  return names_for(&info->targets[0], ops) || names_for(&info->targets[1], ops) ? PG_FILE_TENTATIVE : NOT_OURS;
}

__weak int add_hooked(__u64 mnt, __u64 dentry, __u32 ops, __u32 flags)
{
  struct path path = {.mnt = (struct vfsmount *)mnt, .dentry = (struct dentry *)dentry};
  struct pg_task *state = current_state();
  struct pg_walk_result found = {};
  struct pg_walk *walk;

  struct pg_run *run = app_run(state);
  if (!run || !walk_to(&path, run->mnt_ns, &walk, &found))
    return 0;
  begin_event(&walk->head, state, found.flags | flags, ops, found.key.dev);
  walk->head.mount = BPF_CORE_READ(mount_of(path.mnt), mnt_id);
  if (!(found.flags & PG_FILE_FOREIGN))
    fill_mounts(&walk->head, run, run->mnt_ns);
  if (send_path(walk, 0) && flags & PG_FILE_TENTATIVE)
    call_state(state, user_registers(current_task()))->pending |= PG_PENDING_EVENTS;
  return 0;
}

static __always_inline int add_one(const struct path *place, struct dentry *dentry, __u32 ops, int flags)
{
  if (flags == NOT_OURS)
    return 0;
  return add_hooked((__u64)BPF_CORE_READ(place, mnt), (__u64)dentry, ops, flags);
}

static __always_inline int add_entry(const struct path *directory, struct dentry *dentry, enum pg_file_op op)
{
  return add_one(directory, dentry, 1 << op, flags_for(1 << op));
}

static __always_inline int add_itself(const struct path *path, enum pg_file_op op)
{
  return add_entry(path, BPF_CORE_READ(path, dentry), op);
}

static __always_inline int add_removed(const struct path *directory, struct dentry *dentry)
{
  return add_one(directory, dentry, 1 << PG_OP_RMDIR, flags_for(1 << PG_OP_RMDIR | 1 << PG_OP_UNLINK));
}

static __always_inline int add_node(const struct path *directory, struct dentry *dentry, __u32 mode)
{
  int flags = flags_for(1 << PG_OP_BIND);

  if (flags == NOT_OURS)
    return add_entry(directory, dentry, PG_OP_MKNOD);
  /* A file that io_uring creates by opening it is reported when it is opened. */
  if (!(flags & PG_FILE_TENTATIVE) && (mode & S_IFMT) != S_IFSOCK)
    return 0;
  return add_one(directory, dentry, 1 << PG_OP_BIND, flags);
}

static __always_inline int add_link(struct dentry *from, const struct path *directory, struct dentry *to)
{
  int flags = flags_for(1 << PG_OP_LINK_TO);

  /* Both are on the same mount: otherwise link(2) fails with EXDEV before it comes here. */
  add_one(directory, from, 1 << PG_OP_LINK_FROM, flags);
  return add_one(directory, to, 1 << PG_OP_LINK_TO, flags);
}

/* Whether the two files are exchanged. Only the call tells that in all kernels, the hook does not. */
static __always_inline bool is_exchange(void)
{
  struct task_struct *task = current_task();
  struct pt_regs *regs = user_registers(task);
  struct call_id call = call_id(task, call_number(regs));
  struct pg_call_info *info = call_info(call);

  return info && info->targets[1].flags >= 0 && argument(regs, call.abi, info->targets[1].flags) & RENAME_EXCHANGE;
}

static __always_inline int add_rename(const struct path *from_directory, struct dentry *from,
                                      const struct path *to_directory, struct dentry *to)
{
  int flags = flags_for(RENAME_OPS);
  bool both = flags > 0 && is_exchange();

  add_one(from_directory, from, both ? RENAME_OPS : 1 << PG_OP_RENAME_FROM, flags);
  return add_one(to_directory, to, both ? RENAME_OPS : 1 << PG_OP_RENAME_TO, flags);
}

/* Only for io_uring: what a call opens is reported when the call returns. */
static __always_inline int add_open(struct file *file)
{
  struct path path;

  if (flags_for(0) != 0 || !path_of_file(file, &path))
    return 0;
  return add_path(&path, opened_ops(BPF_CORE_READ(file, f_mode), BPF_CORE_READ(file, f_flags)));
}

/*
 * Makes one program for each rung (include/profilegen/rungs.def). The hook's arguments are copied, because typed
 * pointers can't be passed to global functions.
 */
#define MOST_ARGUMENTS 4
static __always_inline void of_trampoline(__u64 arguments[], __u64 *ctx)
{
  bpf_probe_read_kernel(arguments, MOST_ARGUMENTS * sizeof(*arguments), ctx);
}

static __always_inline void of_probe(__u64 arguments[], struct pt_regs *ctx)
{
  arguments[0] = PT_REGS_PARM1(ctx);
  arguments[1] = PT_REGS_PARM2(ctx);
  arguments[2] = PT_REGS_PARM3(ctx);
  arguments[3] = PT_REGS_PARM4(ctx);
}

#define HOOK_PROGRAM(section, name, context, copy, act)             \
  SEC(section)                                                      \
  int name(context *ctx)                                            \
  {                                                                 \
    __u64 arguments[MOST_ARGUMENTS];                                \
    copy(arguments, ctx);                                           \
    act;                                                            \
    return 0; /* as the answer of a BPF-LSM program: not refused */ \
  }
#define HOOK(name, act)                                                            \
  HOOK_PROGRAM("fentry/security_" #name, fentry_##name, __u64, of_trampoline, act) \
  HOOK_PROGRAM("lsm/" #name, lsm_##name, __u64, of_trampoline, act)                \
  HOOK_PROGRAM("kprobe/security_" #name, kprobe_##name, struct pt_regs, of_probe, act)
#define PATH(n) ((const struct path *)arguments[n])
#define DENTRY(n) ((struct dentry *)arguments[n])

HOOK(path_mkdir, add_entry(PATH(0), DENTRY(1), PG_OP_MKDIR))
HOOK(path_rmdir, add_removed(PATH(0), DENTRY(1)))
HOOK(path_unlink, add_entry(PATH(0), DENTRY(1), PG_OP_UNLINK))
HOOK(path_symlink, add_entry(PATH(0), DENTRY(1), PG_OP_SYMLINK))
HOOK(path_mknod, add_node(PATH(0), DENTRY(1), arguments[2]))
HOOK(path_link, add_link(DENTRY(0), PATH(1), DENTRY(2)))
HOOK(path_rename, add_rename(PATH(0), DENTRY(1), PATH(2), DENTRY(3)))
HOOK(path_truncate, add_itself(PATH(0), PG_OP_TRUNCATE))
HOOK(path_chmod, add_itself(PATH(0), PG_OP_CHMOD))
HOOK(file_open, add_open((struct file *)arguments[0]))

char LICENSE[] SEC("license") __weak = "Dual BSD/GPL";
