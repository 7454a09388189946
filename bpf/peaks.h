/* SPDX-License-Identifier: (BSD-2-Clause OR GPL-2.0-only)
 *
 * Records peaks: the most that a container used at once of what an engine can limit (include/profilegen/peaks.def). A
 * process tree has no cgroup of its own and nobody limits it, so without `follow_cgroups` all of this is off.
 */
#ifndef PROFILEGEN_PEAKS_H
#define PROFILEGEN_PEAKS_H

#include "recording.h"
#include "container_cgroup.h"

/* When two CPUs raise it at once the smaller value may remain; the next call repairs that. */
static __always_inline void raise_peak(struct pg_run *run, enum pg_peak peak, __u64 value)
{
  if (value > run->peaks[peak])
    run->peaks[peak] = value;
}

/*
 * The controller's state for the container that the task is in. NULL when the container's cgroup does not have this
 * controller: an ancestor's figures are not those of the container alone.
 */
static __always_inline struct cgroup_subsys_state *controller_of(struct task_struct *task, int subsystem)
{
  struct css_set *set = BPF_CORE_READ(task, cgroups);
  struct cgroup_subsys_state *css = NULL;

  bpf_core_read(&css, sizeof(css), &set->subsys[subsystem]);
  struct cgroup *cgroup = (struct cgroup *)named_cgroup((__u64)BPF_CORE_READ(css, cgroup));
  if (!cgroup)
    return NULL;
  css = NULL;
  bpf_core_read(&css, sizeof(css), &cgroup->subsys[subsystem]);
  return css;
}

static __always_inline void note_tasks(struct pg_run *run, struct task_struct *task)
{
  if (!follow_cgroups || !bpf_core_enum_value_exists(enum cgroup_subsys_id, pids_cgrp_id))
    return;
  struct pids_cgroup *pids = (void *)controller_of(task, bpf_core_enum_value(enum cgroup_subsys_id, pids_cgrp_id));
  if (pids)
    raise_peak(run, PG_PEAK_TASKS, BPF_CORE_READ(pids, counter.counter));
}

#define PAGE_SIZE 4096

/* Takes the task's peaks. Must run before an exiting task releases its resources. */
static __always_inline void note_last_of(struct pg_run *run, struct task_struct *task)
{
  if (!follow_cgroups)
    return;
  raise_peak(run, PG_PEAK_DESCRIPTORS, BPF_CORE_READ(task, files, fdt, max_fds));
  if (!bpf_core_enum_value_exists(enum cgroup_subsys_id, memory_cgrp_id))
    return;
  struct mem_cgroup *memory = (void *)controller_of(task, bpf_core_enum_value(enum cgroup_subsys_id, memory_cgrp_id));
  if (memory)
    raise_peak(run, PG_PEAK_MEMORY, BPF_CORE_READ(memory, memory.watermark) * PAGE_SIZE);
}

#endif
