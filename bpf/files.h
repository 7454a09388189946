/* SPDX-License-Identifier: (BSD-2-Clause OR GPL-2.0-only)
 *
 * From what a call did to a file to an event: descriptors through the thread's own table, names through the directory
 * they are relative to.
 */
#ifndef PROFILEGEN_FILES_H
#define PROFILEGEN_FILES_H

#include "paths.h"

#define AT_FDCWD (-100)

static __always_inline struct pg_file_event file_event(const struct pg_task *state, __u8 flags, __u32 ops, __u32 dev)
{
  struct pg_file_event head = {.type = PG_EVENT_FILE, .flags = flags, .recording = state->recording, .ops = ops};

  head.dev = dev;
  fill_first(&head.first);
  return head;
}

static __always_inline struct pg_task *current_state(void)
{
  return task_of(bpf_get_current_task_btf());
}

/*
 * Done to the file that a struct path of these two points to. Known ones cost no event. A global function with plain
 * numbers for arguments, like all of the larger ones here: see walk_step().
 */
__weak int add_place(__u64 mnt, __u64 dentry, __u32 ops)
{
  struct path path = {.mnt = (struct vfsmount *)mnt, .dentry = (struct dentry *)dentry};
  struct pg_task *state = current_state();
  struct pg_walk_result found = {};
  struct pg_walk *walk;
  __u8 yes = 1;

  struct pg_recording *recording = app_recording(state);
  if (!recording || !walk_to(&path, recording->mnt_ns, &walk, &found))
    return 0;
  found.key.recording = state->recording;
  found.key.ops = ops;
  if (bpf_map_lookup_elem(&seen, &found.key))
    return 0;
  struct pg_file_event head = file_event(state, found.flags, ops, found.key.dev);
  if (send_path(walk, &head, 0)) /* marked only once it is stored */
    bpf_map_update_elem(&seen, &found.key, &yes, BPF_ANY);
  return 0;
}

static __always_inline int add_path(const struct path *path, __u32 ops)
{
  return add_place((__u64)path->mnt, (__u64)path->dentry, ops);
}

static __always_inline struct file *file_of(struct task_struct *task, __s32 descriptor)
{
  struct files_struct *files = task->files;
  struct file *file = NULL;

  if (!files || descriptor < 0)
    return NULL;
  struct fdtable *table = BPF_CORE_READ(files, fdt);
  if ((__u32)descriptor >= BPF_CORE_READ(table, max_fds))
    return NULL;
  struct file **slots = BPF_CORE_READ(table, fd);
  bpf_probe_read_kernel(&file, sizeof(file), &slots[descriptor]);
  return file;
}

static __always_inline bool path_of_file(struct file *file, struct path *path)
{
  if (!file)
    return false;
  return bpf_core_read(path, sizeof(*path), &file->f_path) == 0 && path->dentry && path->mnt;
}

static __always_inline int add_descriptor(__s32 descriptor, __u32 ops)
{
  struct path path;

  if (!path_of_file(file_of(bpf_get_current_task_btf(), descriptor), &path))
    return 0;
  return add_path(&path, ops);
}

#endif
