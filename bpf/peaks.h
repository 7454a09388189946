/* SPDX-License-Identifier: (BSD-2-Clause OR GPL-2.0-only)
 *
 * The most that a container had at once of what an engine can limit: include/profilegen/peaks.def.
 * A process tree has no cgroup of its own, and nobody sets limits on it: there `follow_cgroups` shuts all of this off.
 */
#ifndef PROFILEGEN_PEAKS_H
#define PROFILEGEN_PEAKS_H

#include "recording.h"
#include "container_cgroup.h"

/* Two CPUs that raise it at once may leave the smaller value; the next one to look repairs it. */
static __always_inline void raise_peak(struct pg_recording *recording, enum pg_peak peak, __u64 value)
{
  if (value > recording->peaks[peak])
    recording->peaks[peak] = value;
}

/*
 * The controller's state for the container that the task is in. NULL when the container's cgroup is not under this
 * controller: what an ancestor counts is not the container's alone.
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

static __always_inline void note_tasks(struct pg_recording *recording, struct task_struct *task)
{
  if (!follow_cgroups || !bpf_core_enum_value_exists(enum cgroup_subsys_id, pids_cgrp_id))
    return;
  struct pids_cgroup *pids = (void *)controller_of(task, bpf_core_enum_value(enum cgroup_subsys_id, pids_cgrp_id));
  if (pids)
    raise_peak(recording, PG_PEAK_TASKS, BPF_CORE_READ(pids, counter.counter));
}

#define PAGE_SIZE 4096

/* Before the task lets go of anything. */
static __always_inline void note_last_of(struct pg_recording *recording, struct task_struct *task)
{
  if (!follow_cgroups)
    return;
  raise_peak(recording, PG_PEAK_DESCRIPTORS, BPF_CORE_READ(task, files, fdt, max_fds));
  if (!bpf_core_enum_value_exists(enum cgroup_subsys_id, memory_cgrp_id))
    return;
  struct mem_cgroup *memory = (void *)controller_of(task, bpf_core_enum_value(enum cgroup_subsys_id, memory_cgrp_id));
  if (memory)
    raise_peak(recording, PG_PEAK_MEMORY, BPF_CORE_READ(memory, memory.watermark) * PAGE_SIZE);
}

#endif
