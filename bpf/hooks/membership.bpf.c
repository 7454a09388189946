/* SPDX-License-Identifier: (BSD-2-Clause OR GPL-2.0-only)
 *
 * Decides which tasks belong to a run. A task enters when it is attached to a container's cgroup or, in a process
 * tree, at COMMAND's execve. A task that already runs enters when attach_running() lists it. What a recorded task forks
 * is recorded too, whatever namespace or cgroup it later moves to.
 */
#include "membership.h"
#include "calls.h"
#include "names.h"
#include "registers.h"

#define PF_EXITING 0x4
#define CLONE_INTO_CGROUP 0x200000000ULL
#define TERMINATING_SIGNAL 0x7f /* in task_struct.exit_code */

static __always_inline void enter_cgroup(struct task_struct *task, struct cgroup *cgroup)
{
  struct pg_task entry = {.run = -1, .phase = PG_SETUP};

  if (!follow_cgroups || BPF_CORE_READ(cgroup, level) == 0 ||
      BPF_CORE_READ(cgroup, root, hierarchy_id) != cgroup_hierarchy)
    return;
  struct pg_task *state = task_of(task);
  if (state && state->run >= 0) /* it stays in its run */
    return;
  /* The same cgroup, but as a number: global functions take no typed pointers. */
  struct cgroup *own = BPF_CORE_READ(cgroup, self.cgroup);
  entry.cgroup = BPF_CORE_READ(container_cgroup(own), kn, id);
  entry.base_filter = (__u64)task->seccomp.filter;
  /* The engine's is that of the thread that attaches or forks: the task itself may be in the container's already. */
  entry.base_mnt_ns = mnt_ns_of(current_task());
  struct pg_task *entered = set_task(task, &entry);
  if (entered && !known_run(entry.cgroup))
    notify(PG_EVENT_SET_UP, entered, task, false);
}

SEC("tp_btf/cgroup_attach_task")
int BPF_PROG(on_cgroup_attach_task, struct cgroup *cgroup, const char *path, struct task_struct *task)
{
  enter_cgroup(task, cgroup);
  return 0;
}

static __always_inline void take_in_child(struct task_struct *child, struct task_struct *maker)
{
  struct pg_task *parent = task_of(maker);

  if (!parent)
    return;
  struct pg_task copy = *parent;
  /* The child begins in the call that made it. */
  copy.at = *call_state(parent, user_registers(maker));
  struct pg_task *state = set_task(child, &copy);
  if (!state)
    return;
  if (state->phase == PG_APP)
    claim_stack(child, state);
  struct pg_run *run = copy.run >= 0 ? run_of(&copy) : NULL;
  if (!run)
    return;
  __sync_fetch_and_add(&run->live, 1);
  note_tasks(run, child);
}

/*
 * The second chance to see a child, on kernels that skip programs (see struct pg_denied_key): this is the first
 * function that the child runs. Its parent has made it, or a thread of its own process.
 */
SEC("kprobe/schedule_tail")
int probe_new_task(struct pt_regs *ctx)
{
  struct task_struct *task = current_task();

  if (task_of(task))
    return 0;
  struct task_struct *leader = task->group_leader;
  take_in_child(task, leader == task ? task->real_parent : leader);
  return 0;
}

SEC("tp_btf/task_newtask")
int BPF_PROG(on_task_newtask, struct task_struct *child, __u64 clone_flags)
{
  take_in_child(child, current_task());
  if (clone_flags & CLONE_INTO_CGROUP) {
    struct cgroup *cgroup = cgroup_of(child);
    if (cgroup)
      enter_cgroup(child, cgroup);
  }
  return 0;
}

/* The run in which the thread becomes the application's by this execve, or NULL. */
static __always_inline struct pg_run *run_at_exec(struct pg_task *state, struct task_struct *task)
{
  if (state->phase == PG_APP)
    return NULL;
  if (state->phase == PG_RUNTIME || state->run >= 0)
    return run_of(state);
  if (!follow_cgroups)
    return NULL;
  /* An entrypoint without a filter: only its mount namespace tells it from the engine. */
  __u64 mnt_ns = mnt_ns_of(task);
  struct pg_run *known = known_run(state->cgroup);
  if (known && known->mnt_ns ? mnt_ns != known->mnt_ns : mnt_ns == state->base_mnt_ns)
    return NULL;
  return join_run(true) ? run_of(state) : NULL;
}

/* A thread that executes a program becomes the leader of its process and gets the leader's thread id. */
static __always_inline void follow_number(struct task_struct *task, __u32 old_thread)
{
  struct pg_task *state;

  if (has_task_storage || old_thread == (__u32)BPF_CORE_READ(task, pid))
    return;
  state = bpf_map_lookup_elem(&threads, &old_thread);
  if (!state)
    return;
  struct pg_task copy = *state;
  set_task(task, &copy);
  bpf_map_delete_elem(&threads, &old_thread);
}

static __always_inline void forget_task(struct task_struct *task)
{
  __u32 thread = BPF_CORE_READ(task, pid);

  if (!has_task_storage)
    bpf_map_delete_elem(&threads, &thread);
}

struct {
  __uint(type, BPF_MAP_TYPE_HASH);
  __uint(map_flags, BPF_F_NO_PREALLOC);
  __uint(max_entries, 16384);
  __type(key, struct pg_program_key);
  __type(value, __u32);
} programs SEC(".maps");

/* Key: run << 8 | number. Who has claimed which number, as in `claims`. */
struct {
  __uint(type, BPF_MAP_TYPE_HASH);
  __uint(map_flags, BPF_F_NO_PREALLOC);
  __uint(max_entries, 16384);
  __type(key, __u32);
  __type(value, __u32);
} program_claims SEC(".maps");

#define PROGRAM_CLAIMS_AT_ONCE 8

/* Returns PG_SEVERAL when no number is left: nothing is then said about what this program alone does. */
static __noinline int claim_program(struct pg_run *run, __u32 index)
{
  __u32 mine = 1;

  if (!run)
    return PG_SEVERAL;
  for (__u32 i = 1; i <= PROGRAM_CLAIMS_AT_ONCE; i++) {
    __u32 number = run->programs + i;
    __u32 key = index << 8 | number;
    if (number >= PG_SEVERAL)
      break;
    if (bpf_map_update_elem(&program_claims, &key, &mine, BPF_NOEXIST) == 0) {
      run->programs = number;
      return number;
    }
  }
  return PG_SEVERAL;
}

/* Notes which program the current thread has begun to execute. */
static __always_inline void take_program(struct pg_task *state, struct task_struct *task)
{
  struct pg_program_key key = {.run = state->run};

  bpf_get_current_comm(key.name, sizeof(key.name));
  __u32 *known = bpf_map_lookup_elem(&programs, &key);
  if (!known) {
    __u32 number = claim_program(run_of(state), state->run);
    bpf_map_update_elem(&programs, &key, &number, BPF_NOEXIST);
    known = bpf_map_lookup_elem(&programs, &key);
  }
  state->program = known ? *known : PG_SEVERAL;
  struct pg_stack *stack = stack_of(user_registers(task));
  if (stack)
    stack->program = state->program;
}

static __always_inline int execute(struct task_struct *task, struct linux_binprm *bprm)
{
  struct pg_task *state = task_of(task);

  if (!state)
    return 0;
  struct pg_run *run = run_at_exec(state, task);
  if (run)
    enter_app(state, run, task);
  if (state->phase == PG_APP)
    take_program(state, task);
  state->read_permitted = 0; /* the new program has not read its sets */
  /* In a process tree the first execve is COMMAND's own; in a container the runtime's, which was recorded as such. */
  if (run && state->cgroup == 0)
    add_call(run, state, execve_number, PG_NATIVE);
  add_exec(state, bprm);
  return 0;
}

SEC("tp_btf/sched_process_exec")
int BPF_PROG(on_sched_process_exec, struct task_struct *task, int old_pid, struct linux_binprm *bprm)
{
  follow_number(task, old_pid);
  return execute(task, bprm);
}

/* The second chance to see an execve, at a point where it can't fail any more. */
SEC("kprobe/security_bprm_committed_creds")
int BPF_KPROBE(probe_exec, struct linux_binprm *bprm) { return execute(current_task(), bprm); }

/* A signal ends all threads of a process with the same code. Those that execve(2) or exit_group(2) ends have none. */
static __always_inline void note_kill(struct pg_run *run, struct task_struct *task)
{
  if (follow_cgroups && run->first_process == (__u32)BPF_CORE_READ(task, tgid) &&
      BPF_CORE_READ(task, exit_code) & TERMINATING_SIGNAL)
    run->killed = 1;
}

SEC("tp_btf/sched_process_exit")
int BPF_PROG(on_sched_process_exit, struct task_struct *task)
{
  struct pg_task *state = task_of(task);

  if (!state)
    return 0;
  release_stack(task);
  struct pg_run *run = state->run >= 0 ? run_of(state) : NULL;
  if (run) {
    note_last_of(run, task);
    note_kill(run, task);
    __sync_fetch_and_add(&run->live, -1);
    /* If two threads are the last at once, both may see 0 and report the end, but never neither. */
    if (*(volatile __u32 *)&run->live == 0)
      notify(PG_EVENT_END, state, task, false);
  }
  forget_task(task);
  return 0;
}

#define MOST_ANCESTORS 64 /* the most unrecorded ancestors: most parents are listed before their children */

/* User space has marked the root of the process tree. Its descendants are recorded, but never the recorder itself. */
static __always_inline bool descends_from_root(struct task_struct *task)
{
  if (task->tgid == bpf_get_current_pid_tgid() >> 32)
    return false;
  for (int i = 0; i < MOST_ANCESTORS; i++) {
    if (task_of(task->group_leader))
      return true;
    task = task->real_parent;
  }
  return false;
}

/* The run of a thread that was there before the recording, or NULL. `cgroups` has the runs of containers. */
static __always_inline struct pg_run *run_of_running(struct pg_task *entry, struct task_struct *task)
{
  if (!follow_cgroups)
    return descends_from_root(task) ? run_of(entry) : NULL;
  struct cgroup *cgroup = cgroup_of(task);
  if (!cgroup)
    return NULL;
  entry->cgroup = BPF_CORE_READ(container_cgroup(cgroup), kn, id);
  __u32 *index = bpf_map_lookup_elem(&cgroups, &entry->cgroup);
  if (!index)
    return NULL;
  entry->run = *index;
  return run_of(entry);
}

/*
 * Lists the runs that still have threads: `live` is too high if the kernel skipped the program at an exit. Also
 * takes the peaks of these threads so far.
 */
SEC("iter/task")
int list_living(struct bpf_iter__task *context)
{
  struct task_struct *task = context->task;

  if (!task || task->flags & PF_EXITING)
    return 0;
  struct pg_task *state = task_of(task);
  if (!state || state->run < 0)
    return 0;
  struct pg_run *run = run_of(state);
  if (run)
    note_last_of(run, task);
  bpf_seq_write(context->meta->seq, &state->run, sizeof(state->run));
  return 0;
}

/* The number by which the process knows itself. */
static __always_inline int number_in_own_namespace(struct task_struct *leader)
{
  struct pid *pid = BPF_CORE_READ(leader, thread_pid);
  struct upid own = {};

  __u32 level = BPF_CORE_READ(pid, level);
  bpf_probe_read_kernel(&own, bpf_core_type_size(struct upid),
                        (void *)pid + bpf_core_field_offset(pid->numbers) + level * bpf_core_type_size(struct upid));
  return own.nr;
}

/* Takes in the threads that ran before the recording, and reports each to user space. */
SEC("iter/task")
int attach_running(struct bpf_iter__task *context)
{
  struct task_struct *task = context->task;
  struct pg_task entry = {.phase = PG_APP, .set = PG_SET_APP};

  if (!task || task->flags & PF_EXITING)
    return 0;
  struct pg_task *state = task_of(task);
  if (state && (follow_cgroups || state->phase != PG_SETUP))
    return 0;
  struct pg_run *run = run_of_running(&entry, task);
  if (!run)
    return 0;
  struct pg_taken taken = {.run = entry.run, .pid = task->tgid, .tid = task->pid, .compat = in_compat_call(task)};
  if (bpf_seq_write(context->meta->seq, &taken, sizeof(taken)))
    return 0; /* no room for it: the kernel lists it again */
  if (state)
    state->phase = PG_APP; /* the tree's root, or forked by it meanwhile: `live` counts it already */
  else if ((state = set_task(task, &entry)))
    __sync_fetch_and_add(&run->live, 1);
  else
    return 0;
  claim_stack(task, state);
  if (!run->mnt_ns) {
    run->user_ns = (__u64)BPF_CORE_READ(task, real_cred, user_ns);
    run->mnt_ns = mnt_ns_of(task);
  }
  if (!run->first_process && number_in_own_namespace(task->group_leader) == 1)
    run->first_process = task->tgid;
  return 0;
}

char LICENSE[] SEC("license") __weak = "Dual BSD/GPL";
