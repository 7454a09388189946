/* SPDX-License-Identifier: (BSD-2-Clause OR GPL-2.0-only)
 *
 * When a thread enters a recording and when its phase changes. See include/profilegen/abi.h for the phases.
 */
#ifndef PROFILEGEN_MEMBERSHIP_H
#define PROFILEGEN_MEMBERSHIP_H

#include "peaks.h"
#include "stacks.h"

/* What there is known of a thread from now on; NULL, and counted, when there is no room for it. */
static __always_inline struct pg_task *set_task(struct task_struct *task, struct pg_task *entry)
{
  struct pg_task *state = NULL;

  if (has_task_storage) {
    state = bpf_task_storage_get(&tasks, task, entry, BPF_LOCAL_STORAGE_GET_F_CREATE);
    /* It fails where another processor makes it at the same time (-EAGAIN in bpf_local_storage_alloc()): a new thread
     * is listed as soon as its maker tells of it. */
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
  release_stack(task); /* of one that is no more, see stacks.h */
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
    if (type != PG_EVENT_SET_UP) /* nothing is lost: the beginning is told, too */
      lost(PG_LOSS_NOTICES);
    return;
  }
  notice->type = type;
  notice->unconfined = unconfined;
  notice->pad[0] = notice->pad[1] = 0;
  notice->recording = state->recording;
  notice->cgroup = state->cgroup;
  fill_first(&notice->first);
  notice->first.pid = BPF_CORE_READ(task, tgid); /* a runtime puts another process than itself into a cgroup */
  notice->cgroup_name[0] = 0;
  struct cgroup *cgroup = cgroup_of(task);
  if (cgroup)
    bpf_probe_read_kernel_str(notice->cgroup_name, sizeof(notice->cgroup_name),
                              BPF_CORE_READ(container_cgroup(cgroup), kn, name));
  bpf_ringbuf_submit(notice, BPF_RB_FORCE_WAKEUP);
}

static __always_inline struct pg_recording *known_recording(__u64 cgroup)
{
  __u32 *index = bpf_map_lookup_elem(&cgroups, &cgroup);

  return index ? bpf_map_lookup_elem(&recordings, index) : NULL;
}

#define CLAIMS_AT_ONCE 16

/* A number for a new recording that nobody else has or gets; most_recordings when there is none. */
static __always_inline __u32 claim_recording(__u64 cgroup)
{
  __u32 first = next_recording;

  for (__u32 i = 0; i < CLAIMS_AT_ONCE; i++) {
    __u32 index = first + i;
    if (index >= most_recordings)
      break;
    if (bpf_map_update_elem(&claims, &index, &cgroup, BPF_NOEXIST) == 0) {
      __sync_fetch_and_add(&next_recording, 1);
      return index;
    }
  }
  return most_recordings;
}

/*
 * Puts the current thread into the recording of its cgroup; into a new one when it is the first that counts there.
 * False when there is no room for it. A global function, which is verified once: see walk_step() in paths.h.
 */
__weak int join_recording(__u32 unconfined)
{
  struct task_struct *task = current_task();
  struct pg_task *state = current_state();
  bool is_new = false;

  if (!state)
    return 0;
  __u64 cgroup = state->cgroup;
  __u32 *known = bpf_map_lookup_elem(&cgroups, &cgroup);
  if (!known) {
    __u32 index = claim_recording(cgroup);
    /* Another thread of the same cgroup may be faster: then the number that was claimed here is nobody's. */
    is_new = index < most_recordings && bpf_map_update_elem(&cgroups, &cgroup, &index, BPF_NOEXIST) == 0;
    known = bpf_map_lookup_elem(&cgroups, &cgroup);
  }
  if (!known) {
    lost(PG_LOSS_RECORDINGS);
    return 0;
  }
  state->recording = *known;
  struct pg_recording *recording = recording_of(state);
  if (!recording)
    return 0;
  __sync_fetch_and_add(&recording->live, 1);
  note_tasks(recording, task);
  state->set = is_new ? PG_SET_RUNTIME_RUN : PG_SET_RUNTIME_EXEC;
  if (is_new)
    notify(PG_EVENT_BEGIN, state, task, unconfined);
  return 1;
}

/*
 * A thread in set-up counts from the moment it is governed by the container's own filter. The mode alone does not tell:
 * under an engine that itself runs under a filter it is 2 from the first instruction on.
 */
static __always_inline bool enter_runtime(struct pg_task *state, struct task_struct *task)
{
  if (!follow_cgroups || !state->cgroup) /* a process tree has no runtime */
    return false;
  if (TASK_FIELD(task, seccomp.mode) != SECCOMP_MODE_FILTER ||
      (__u64)TASK_FIELD(task, seccomp.filter) == state->base_filter)
    return false;
  state->phase = PG_RUNTIME;
  return join_recording(false);
}

/* The recording that a call counts for which the current thread begins, or NULL. */
static __always_inline struct pg_recording *governed_recording(struct pg_task *state, struct task_struct *task)
{
  if (!state || (state->phase == PG_SETUP && !enter_runtime(state, task)))
    return NULL;
  struct pg_recording *recording = recording_of(state);
  return recording && !recording->ignored ? recording : NULL;
}

static __always_inline void enter_app(struct pg_task *state, struct pg_recording *recording, struct task_struct *task)
{
  state->phase = PG_APP;
  state->set = PG_SET_APP;
  state->at = (struct pg_call_state){.call = execve_number, .place = PG_IN_CALL};
  claim_stack(task, state);
  if (recording->mnt_ns)
    return;
  recording->user_ns = (__u64)BPF_CORE_READ(task, real_cred, user_ns);
  recording->mnt_ns = mnt_ns_of(task);
}

#endif
