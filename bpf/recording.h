/* SPDX-License-Identifier: (BSD-2-Clause OR GPL-2.0-only)
 *
 * What all hooks share: the maps, the settings, the test whether a thread is recorded, and the counters of losses.
 * Everything is weak, because each hook is an object of its own until bpftool links them.
 */
#ifndef PROFILEGEN_RECORDING_H
#define PROFILEGEN_RECORDING_H

#include "kernel_types.h"
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_core_read.h>
#include <bpf/bpf_tracing.h>
#include "profilegen/abi_events.h"

/*
 * Settings, which user space writes after opening and before loading. The verifier takes them for constants and skips
 * the code that they switch off.
 */
/*
 * Whether the kernel has task storage for the state of threads (Linux 5.12), and typed pointers to the current task and
 * its registers (5.11, 5.15). Otherwise the state is in a hash map by thread, and fields of the current task are
 * copied.
 */
__weak const volatile bool has_task_storage = true;
__weak const volatile int cgroup_hierarchy = 0; /* the hierarchy whose cgroups are containers; 0 is version 2 */
__weak const volatile bool follow_cgroups = false;
__weak const volatile bool unified_cgroups = true; /* a thread's cgroup is read from cgroups->dfl_cgrp */
__weak const volatile __u32 most_runs = 1;
__weak const volatile bool watch_refusals = false; /* also report what a read-only or full file system refused, and
                                                      where a program was when something was denied */
__weak const volatile __u32 execve_number = 0;     /* of the native table */
__weak const volatile __u32 ring_bytes = 4096;     /* the size of `events` */

__weak __u64 loss[PG_LOSSES];
__weak __u64 stored; /* facts that were stored in maps, and not sent as events */
__weak __u32 next_run;

struct {
  __uint(type, BPF_MAP_TYPE_TASK_STORAGE);
  __uint(map_flags, BPF_F_NO_PREALLOC);
  __type(key, int);
  __type(value, struct pg_task);
} tasks __weak SEC(".maps");

struct {
  __uint(type, BPF_MAP_TYPE_ARRAY);
  __uint(max_entries, 1);
  __type(key, __u32);
  __type(value, struct pg_run);
} runs __weak SEC(".maps");

/* In place of `tasks` on kernels without task storage; by thread id. */
struct {
  __uint(type, BPF_MAP_TYPE_HASH);
  __uint(map_flags, BPF_F_NO_PREALLOC);
  __uint(max_entries, 65536);
  __type(key, __u32);
  __type(value, struct pg_task);
} threads __weak SEC(".maps");

/* cgroup id → run */
struct {
  __uint(type, BPF_MAP_TYPE_HASH);
  __uint(max_entries, 1);
  __type(key, __u64);
  __type(value, __u32);
} cgroups __weak SEC(".maps");

/*
 * run → cgroup id: who has claimed which number. A counter would do only from Linux 5.12 on: before, atomic
 * operations return no value.
 */
struct {
  __uint(type, BPF_MAP_TYPE_HASH);
  __uint(max_entries, 1);
  __type(key, __u32);
  __type(value, __u64);
} claims __weak SEC(".maps");

struct {
  __uint(type, BPF_MAP_TYPE_RINGBUF);
  __uint(max_entries, 4096);
} events __weak SEC(".maps");

/* Index: pg_abi * PG_CALLS + number. */
struct {
  __uint(type, BPF_MAP_TYPE_ARRAY);
  __uint(max_entries, PG_ABIS *PG_CALLS);
  __type(key, __u32);
  __type(value, struct pg_call_info);
} call_table __weak SEC(".maps");

#define SECCOMP_MODE_FILTER 2
#define IS_ERROR(result) ((__u64)(result) >= (__u64)-4095)

static __always_inline void lost(enum pg_loss counter) { __sync_fetch_and_add(&loss[counter], 1); }

static __always_inline void count_stored(void) { __sync_fetch_and_add(&stored, 1); }

static __always_inline void fill_first(struct pg_first *first)
{
  __u64 id = bpf_get_current_pid_tgid();

  first->ns = bpf_ktime_get_ns();
  first->pid = id >> 32;
  first->tid = (__u32)id;
  bpf_get_current_comm(first->program, sizeof(first->program));
}

static __always_inline struct task_struct *current_task(void)
{
  return has_task_storage ? bpf_get_current_task_btf() : (struct task_struct *)bpf_get_current_task();
}

/* Reads a field of a task, or of what one of its fields points to; directly where the kernel allows that. */
#define TASK_FIELD(task, field) (has_task_storage ? (task)->field : BPF_CORE_READ(task, field))

/*
 * The state of a thread, or NULL. Each read of a pointer in a task costs 2 ms of loading: the verifier searches the
 * names of all the kernel's types three times (btf_nested_type_is_trusted(), Linux 6.3 to 6.18).
 */
static __always_inline struct pg_task *task_of(struct task_struct *task)
{
  if (has_task_storage)
    return bpf_task_storage_get(&tasks, task, 0, 0);
  __u32 thread = BPF_CORE_READ(task, pid);
  return bpf_map_lookup_elem(&threads, &thread);
}

static __always_inline struct pg_task *current_state(void) { return task_of(current_task()); }

/* The same for hot code: most threads belong to no run, and this finds that out without calling a helper. */
static __always_inline struct pg_task *member_state(struct task_struct *task)
{
  return has_task_storage && !task->bpf_storage ? NULL : task_of(task);
}

static __always_inline struct pg_run *run_of(const struct pg_task *state)
{
  __u32 index = state->run;

  return bpf_map_lookup_elem(&runs, &index);
}

/* The run of what the current thread does, or NULL: only the application's threads (PG_APP) are recorded. */
static __always_inline struct pg_run *app_run(const struct pg_task *state)
{
  if (!state || state->phase != PG_APP)
    return NULL;
  struct pg_run *run = run_of(state);
  return run && !run->ignored ? run : NULL;
}

static __always_inline __u64 mnt_ns_of(struct task_struct *task)
{
  return (__u64)BPF_CORE_READ(task, nsproxy, mnt_ns); /* 0 in a thread that exits */
}

/* The registers with which the task entered the kernel. They are at the end of its kernel stack. */
static __always_inline struct pt_regs *user_registers(struct task_struct *task)
{
  if (has_task_storage)
    return (struct pt_regs *)bpf_task_pt_regs(task);
  return (struct pt_regs *)(BPF_CORE_READ(task, stack) + THREAD_SIZE - bpf_core_type_size(struct pt_regs));
}

/* Reads a register: directly where user_registers() gives a typed pointer, else by copying. */
#define REGISTER(regs, name) (has_task_storage ? (regs)->name : BPF_CORE_READ(regs, name))

/* A call's number and its table (pg_abi). registers.h has a function of the same name that finds them out. */
struct call_id {
  __u32 number;
  __u32 abi;
};

static __always_inline struct pg_call_info *call_info(struct call_id call)
{
  __u32 index = call.abi * PG_CALLS + call.number;

  if (call.number >= PG_CALLS)
    return NULL;
  return bpf_map_lookup_elem(&call_table, &index);
}

/* Whether arguments of this call are recorded. */
static __always_inline bool has_arguments(struct call_id call)
{
  struct pg_call_info *info = call_info(call);

  return info && info->arguments[0].mask;
}

/* The mark of a call when nothing more is to be learnt at its beginning. */
static __always_inline __u8 settled_mark(struct call_id call)
{
  struct pg_call_info *info = call_info(call);

  return info && info->targets[0].kind != PG_TARGET_NONE ? PG_CALL_SETTLED : PG_CALL_PLAIN;
}

/* The value for pg_call_state.call. Numbers beyond the table become one that no call has. */
static __always_inline __u32 call_index(struct call_id call)
{
  return call.abi * PG_CALLS + (call.number < PG_CALLS ? call.number : PG_CALLS - 1);
}

/* The call's mark, or NULL for a number beyond the table. */
static __always_inline __u8 *call_mark(struct pg_run *run, __u32 set, struct call_id call)
{
  __u32 number = call.number;

  if (set >= PG_SETS || call.abi >= PG_ABIS || number >= PG_CALLS)
    return NULL;
  barrier_var(number); /* the mask is for verifiers that forget the bound of a spilled number (Linux 6.1) */
  return &run->calls[set][call.abi][number & (PG_CALLS - 1)];
}

#endif
