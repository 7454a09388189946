/* SPDX-License-Identifier: (BSD-2-Clause OR GPL-2.0-only)
 *
 * Takes threads into runs and changes their phases (pg_phase of include/profilegen/abi.h).
 */
#ifndef PROFILEGEN_MEMBERSHIP_H
#define PROFILEGEN_MEMBERSHIP_H

#include "confinement.h"
#include "peaks.h"
#include "stacks.h"

/* Stores `entry` as the state of a thread. When there is no room, counts that and returns NULL. */
static __always_inline struct pg_task *set_task(struct task_struct *task, struct pg_task *entry)
{
  struct pg_task *state = NULL;

  if (has_task_storage) {
    state = bpf_task_storage_get(&tasks, task, entry, BPF_LOCAL_STORAGE_GET_F_CREATE);
    /*
     * It fails when another processor creates the same storage at that time (-EAGAIN in bpf_local_storage_alloc()): the
     * iterator over threads already sees a new thread when task_newtask reports it.
     */
    if (!state)
      state = bpf_task_storage_get(&tasks, task, entry, BPF_LOCAL_STORAGE_GET_F_CREATE);
    if (state)
      *state = *entry;
  } else {
    __u32 thread = BPF_CORE_READ(task, pid);
    if (bpf_map_update_elem(&threads, &thread, entry, BPF_ANY) == 0)
      state = bpf_map_lookup_elem(&threads, &thread);
  }
  if (!state)
    lost(PG_LOSS_TASKS);
  release_stack(task); /* an ended thread may have left its entry: see stacks.h */
  forget_stranger(task);
  return state;
}

static __always_inline struct cgroup *cgroup_of(struct task_struct *task)
{
  struct css_set *set = BPF_CORE_READ(task, cgroups);
  struct cgroup_subsys_state *css = NULL;

  if (unified_cgroups)
    return BPF_CORE_READ(set, dfl_cgrp);
  bpf_core_read(&css, sizeof(css), &set->subsys[bpf_core_enum_value(enum cgroup_subsys_id, pids_cgrp_id)]);
  return BPF_CORE_READ(css, cgroup);
}

static __always_inline void notify(enum pg_event_type type, const struct pg_task *state, struct task_struct *task,
                                   bool unconfined)
{
  struct pg_notice *notice = bpf_ringbuf_reserve(&events, sizeof(*notice), 0);

  if (!notice) {
    if (type != PG_EVENT_SET_UP) /* no loss: PG_EVENT_BEGIN will tell the same */
      lost(PG_LOSS_NOTICES);
    return;
  }
  notice->type = type;
  notice->unconfined = unconfined;
  notice->pad[0] = notice->pad[1] = 0;
  notice->run = state->run;
  notice->cgroup = state->cgroup;
  fill_first(&notice->first);
  notice->first.pid = BPF_CORE_READ(task, tgid); /* a runtime puts a process other than itself into a cgroup */
  notice->cgroup_name[0] = 0;
  struct cgroup *cgroup = cgroup_of(task);
  if (cgroup)
    bpf_probe_read_kernel_str(notice->cgroup_name, sizeof(notice->cgroup_name),
                              BPF_CORE_READ(container_cgroup(cgroup), kn, name));
  bpf_ringbuf_submit(notice, BPF_RB_FORCE_WAKEUP);
}

static __always_inline struct pg_run *known_run(__u64 cgroup)
{
  __u32 *index = bpf_map_lookup_elem(&cgroups, &cgroup);

  return index ? bpf_map_lookup_elem(&runs, index) : NULL;
}

#define CLAIMS_AT_ONCE 16

/* Claims a free number for a new run. Returns most_runs when there is none. */
static __always_inline __u32 claim_run(__u64 cgroup)
{
  __u32 first = next_run;

  for (__u32 i = 0; i < CLAIMS_AT_ONCE; i++) {
    __u32 index = first + i;
    if (index >= most_runs)
      break;
    if (bpf_map_update_elem(&claims, &index, &cgroup, BPF_NOEXIST) == 0) {
      __sync_fetch_and_add(&next_run, 1);
      return index;
    }
  }
  return most_runs;
}

/*
 * Puts the current thread into the run of its cgroup, or begins one if it is the first thread there that is
 * recorded. Returns 0 when there is no room. A global function, which is verified once: see walk_step() in paths.h.
 */
__weak int join_run(__u32 unconfined)
{
  struct task_struct *task = current_task();
  struct pg_task *state = current_state();
  bool is_new = false;

  if (!state)
    return 0;
  __u64 cgroup = state->cgroup;
  __u32 *known = bpf_map_lookup_elem(&cgroups, &cgroup);
  if (!known) {
    __u32 index = claim_run(cgroup);
    /* Another thread of the same cgroup may be faster: then nobody uses the number that was claimed here. */
    is_new = index < most_runs && bpf_map_update_elem(&cgroups, &cgroup, &index, BPF_NOEXIST) == 0;
    known = bpf_map_lookup_elem(&cgroups, &cgroup);
  }
  if (!known) {
    lost(PG_LOSS_RECORDINGS);
    return 0;
  }
  state->run = *known;
  struct pg_run *run = run_of(state);
  if (!run)
    return 0;
  __sync_fetch_and_add(&run->live, 1);
  note_tasks(run, task);
  state->set = is_new ? PG_SET_RUNTIME_RUN : PG_SET_RUNTIME_EXEC;
  if (is_new)
    notify(PG_EVENT_BEGIN, state, task, unconfined);
  return 1;
}

/*
 * A thread in PG_SETUP is recorded from the moment when the container's own filter governs it. The seccomp mode alone
 * does not tell that: under an engine that itself runs under a filter, the mode is 2 from the first instruction on.
 */
static __always_inline bool enter_runtime(struct pg_task *state, struct task_struct *task)
{
  if (!follow_cgroups || !state->cgroup) /* a process tree has no runtime */
    return false;
  if (TASK_FIELD(task, seccomp.mode) != SECCOMP_MODE_FILTER ||
      (__u64)TASK_FIELD(task, seccomp.filter) == state->base_filter)
    return false;
  state->phase = PG_RUNTIME;
  return join_run(false);
}

/* The run of the call that the current thread begins, or NULL when the call is not recorded. */
static __always_inline struct pg_run *governed_run(struct pg_task *state, struct task_struct *task)
{
  if (!state || (state->phase == PG_SETUP && !enter_runtime(state, task)))
    return NULL;
  struct pg_run *run = run_of(state);
  return run && !run->ignored ? run : NULL;
}

static __always_inline void enter_app(struct pg_task *state, struct pg_run *run, struct task_struct *task)
{
  state->phase = PG_APP;
  state->set = PG_SET_APP;
  state->at = (struct pg_call_state){.call = execve_number, .place = PG_IN_CALL};
  claim_stack(task, state);
  if (run->mnt_ns)
    return;
  run->user_ns = (__u64)BPF_CORE_READ(task, real_cred, user_ns);
  run->mnt_ns = mnt_ns_of(task);
  run->first_process = BPF_CORE_READ(task, tgid);
  note_confinement(run, state, task);
}

#endif
