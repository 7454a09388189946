/* SPDX-License-Identifier: (BSD-2-Clause OR GPL-2.0-only)
 *
 * Reports what was refused to a call after a filter had let it through: changes of files on read-only or full mounts,
 * code on mounts without execution, programs that may not be executed. Whether the policy refused it or permissions
 * would have done so anyway is for user space, which is told the thread's rights for that.
 */
#ifndef PROFILEGEN_REFUSALS_H
#define PROFILEGEN_REFUSALS_H

#include "capability_sets.h"
#include "groups.h"
#include "mappings.h"
#include "targets.h"
#include "user_stacks.h"

#define EPERM 1
#define EACCES 13
#define ENOSPC 28
#define EROFS 30
#define MAP_ANONYMOUS 0x20
#define PROT_EXEC 0x4
#define MNT_NOEXEC 0x04 /* include/linux/mount.h, unchanged since Linux 2.6.16 */

/* Tells the thread's rights. Returns 0 when the event could not be sent. A global function: see walk_step(). */
__weak int send_rights(__u32 run)
{
  struct task_struct *task = current_task();
  const struct cred *own = BPF_CORE_READ(task, real_cred);
  struct pg_rights_event *event = bpf_ringbuf_reserve(&events, sizeof(*event), 0);

  if (!event) {
    lost(PG_LOSS_FILES);
    return 0;
  }
  __builtin_memset(event, 0, sizeof(*event));
  event->type = PG_EVENT_RIGHTS;
  event->run = run;
  event->tid = (__u32)bpf_get_current_pid_tgid();
  event->user = BPF_CORE_READ(own, fsuid.val);
  event->group = BPF_CORE_READ(own, fsgid.val);
  event->effective = capability_set(&own->cap_effective);
  event->bounding = capability_set(&own->cap_bset);
  event->group_count = read_groups(event->groups, task);
  bpf_ringbuf_submit(event, BPF_RB_FORCE_WAKEUP);
  return 1;
}

/* Whether ioctl(2)'s request changes an inode's flags: FS_IOC_SETFLAGS (64 and 32 bits wide), FS_IOC_FSSETXATTR. */
static __always_inline bool is_setflags(__u64 request)
{
  request = (__u32)request;
  return request == 0x40086602 || request == 0x40046602 || request == 0x401c5820;
}

/* Whether this call on a descriptor changes what the descriptor stands for. */
static __always_inline bool changes_descriptor(const struct pg_target *target)
{
  if (target->kind == PG_TARGET_IOCTL)
    return is_setflags(own_argument(target->path));
  return target->kind == PG_TARGET_FD && target->op != PG_OP_LOCK;
}

/* Reports what a read-only or full file system refused. A file that was not created has only its name. */
static __always_inline void add_refused_change(__u32 call, __u32 which, bool full)
{
  struct pg_target *target = target_of(call, which);

  if (!target)
    return;
  __u32 op = full ? PG_OP_ALLOCATE : opens(target) ? PG_OP_WRITE : target->op;
  if (opens(target) || target->kind == PG_TARGET_PATH || target->kind == PG_TARGET_ACCESS)
    add_named(call, which, op, NAME_REFUSED);
  else if (target->kind == PG_TARGET_GROWN ? full : !full && changes_descriptor(target))
    add_descriptor(own_argument(target->dir), 1 << (op & 31) | PLACE_REFUSED);
}

/* Reports both files of a call that failed with EROFS or ENOSPC. A global function: see walk_step() in paths.h. */
__weak int add_refused_changes(__u32 call, __u32 full)
{
  struct pg_task *state = current_state();

  if (!state || (!full && !send_rights(state->run)))
    return 0;
  add_refused_change(call, 0, full);
  add_refused_change(call, 1, full);
  return 0;
}

static __always_inline bool is_without_execution(const struct path *path)
{
  return BPF_CORE_READ(path->mnt, mnt_flags) & MNT_NOEXEC;
}

/* Reports a file that could not be mapped as code because of its mount. A global function, as above. */
__weak int add_refused_code(__u64 address)
{
  struct path path;

  if (path_of_mapping((struct file *)address, &path) && is_without_execution(&path))
    add_path(&path, 1 << PG_OP_MAP_EXEC | PLACE_REFUSED);
  return 0;
}

/*
 * Reports an execve that was refused: perhaps the file has capabilities that the thread's bounding set lacks, or lies
 * on a mount without execution. A runtime executes the container's program under the container's own filter. If that is
 * refused, the application never begins, and this is all that can be told of it.
 */
__weak int leave_refused_exec(void)
{
  struct task_struct *task = current_task();
  struct pg_task *state = member_state(task);
  char first = 0;

  if (!state || state->phase == PG_SETUP)
    return 0;
  struct call_id call = call_id(task, call_number(user_registers(task)));
  struct pg_call_info *info = call_info(call);
  if (!info || info->targets[0].kind != PG_TARGET_EXEC || !send_rights(state->run))
    return 0;
  __u8 phase = state->phase;
  state->phase = PG_APP; /* what reports files asks for this, and only the thread itself reads it */
  bpf_probe_read_user(&first, 1, (void *)own_argument(info->targets[0].path));
  if (first)
    add_named(call_index(call), 0, PG_OP_EXEC, NAME_REFUSED);
  else /* AT_EMPTY_PATH, as fexecve(3) executes a file */
    add_descriptor(own_argument(info->targets[0].dir), 1 << PG_OP_EXEC | PLACE_REFUSED);
  state->phase = phase;
  return 0;
}

/* Whether EPERM may mean that a capability is missing, although none was checked. */
static __always_inline bool is_not_permitted(const struct pg_target *target, long result)
{
  return result == -EPERM && (target->kind == PG_TARGET_EXEC || asks_for_set(target));
}

/* Whether the call may have failed because a mount is without execution (callers of path_noexec() in fs/exec.c). */
static __always_inline bool is_no_execution(const struct pg_target *target, long result)
{
  if (!watch_refusals)
    return false;
  if (result == -EACCES)
    return target->kind == PG_TARGET_EXEC || target->kind == PG_TARGET_PROTECT;
  return result == -EPERM && target->kind == PG_TARGET_MAP;
}

static __always_inline void add_no_execution(const struct pg_target *target)
{
  if (target->kind == PG_TARGET_EXEC)
    leave_refused_exec();
  else if (!(own_argument(target->path) & PROT_EXEC))
    return;
  else if (target->kind == PG_TARGET_PROTECT)
    add_refused_code(mapped_file(own_argument(target->dir)));
  else if (!(own_argument(target->flags) & MAP_ANONYMOUS))
    add_refused_code(file_at(own_argument(target->dir)));
  add_user_stack();
}

/* What a refusal with EPERM tells of capabilities. */
static __always_inline void add_not_permitted(const struct pg_target *target)
{
  if (target->kind == PG_TARGET_EXEC)
    leave_refused_exec();
  else if (asks_for_set(target))
    add_asked_set(target->kind, 1);
  add_user_stack();
}

#endif
