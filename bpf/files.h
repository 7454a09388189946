/* SPDX-License-Identifier: (BSD-2-Clause OR GPL-2.0-only)
 *
 * Makes an event from what a call did to a file. Descriptors are looked up in the thread's own table; names are
 * relative to a directory.
 */
#ifndef PROFILEGEN_FILES_H
#define PROFILEGEN_FILES_H

#include "paths.h"

#define AT_FDCWD (-100)
#define RENAME_EXCHANGE 0x2
#define RENAME_OPS (1 << PG_OP_RENAME_FROM | 1 << PG_OP_RENAME_TO)

static __always_inline void begin_event(struct pg_file_event *head, const struct pg_task *state, __u8 flags, __u32 ops,
                                        __u32 dev)
{
  __builtin_memset(head, 0, sizeof(*head));
  head->type = PG_EVENT_FILE;
  head->flags = flags;
  head->run = state->run;
  head->ops = ops;
  head->dev = dev;
  fill_first(&head->first);
}

/*
 * The mount stacked on the root of this one, or NULL. It is the first child: nothing can be mounted on what it hides.
 */
static __always_inline struct mount *stacked_on(struct mount *mount)
{
  struct list_head *first = BPF_CORE_READ(mount, mnt_mounts.next);
  struct mount *child = (struct mount *)((char *)first - bpf_core_field_offset(struct mount, mnt_child));

  if ((char *)first == (char *)mount + bpf_core_field_offset(struct mount, mnt_mounts))
    return NULL;
  return BPF_CORE_READ(child, mnt_mountpoint) == BPF_CORE_READ(mount, mnt.mnt_root) ? child : NULL;
}

static __always_inline __u32 number_of_mounts(struct mnt_namespace *ns)
{
  if (bpf_core_field_exists(ns->nr_mounts))
    return BPF_CORE_READ(ns, nr_mounts);
  return BPF_CORE_READ((struct mnt_namespace___old *)ns, mounts);
}

/* A number that no other mount namespace has or had since boot. */
static __always_inline __u64 number_of_namespace(struct mnt_namespace *ns)
{
  if (bpf_core_field_exists(ns->seq))
    return BPF_CORE_READ(ns, seq);
  return BPF_CORE_READ((struct ns_common___numbered *)&ns->ns, ns_id);
}

/*
 * The mounts of a run's own mount namespace, as this CPU last saw them. They change seldom, and are needed for
 * every file.
 */
struct pg_mounts {
  __u64 event;
  __u32 run;
  __u32 number;
  __u32 seen; /* how many of them are not hidden by others */
  __u32 root_mount;
};

enum { OWN_MOUNTS, OTHER_MOUNTS, MOUNTS_SEEN }; /* OTHER_MOUNTS: of any other namespace, read anew each time */
struct {
  __uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
  __uint(max_entries, MOUNTS_SEEN);
  __type(key, __u32);
  __type(value, struct pg_mounts);
} last_mounts __weak SEC(".maps");

/* Puts the mounts of the namespace at this address into `last_mounts`. A global function: see walk_step(). */
__weak int look_at_mounts(__u64 mnt_ns, __u32 run, __u32 place)
{
  struct mnt_namespace *ns = (struct mnt_namespace *)mnt_ns;
  struct pg_mounts *found = bpf_map_lookup_elem(&last_mounts, &place);
  __u64 event = BPF_CORE_READ(ns, event);
  __u32 number = number_of_mounts(ns);

  if (!found || (place == OWN_MOUNTS && found->event == event && found->run == run && found->number == number))
    return 0;
  struct mount *root = BPF_CORE_READ(ns, root);
  found->event = event;
  found->run = run;
  found->number = found->seen = number;
  for (int i = 0; i < 4; i++) {
    struct mount *above = stacked_on(root);
    if (!above)
      break;
    root = above;
    found->seen--;
  }
  found->root_mount = BPF_CORE_READ(root, mnt_id);
  return 0;
}

/* Fills in the mount namespace to which the event's path belongs, and the mounts that it has now. */
static __always_inline void fill_mounts(struct pg_file_event *event, const struct pg_run *run, __u64 mnt_ns)
{
  bool own = mnt_ns == run->mnt_ns;
  __u32 place = own ? OWN_MOUNTS : OTHER_MOUNTS;

  look_at_mounts(mnt_ns, event->run, place);
  struct pg_mounts *found = bpf_map_lookup_elem(&last_mounts, &place);
  if (!found)
    return;
  event->mnt_ns = own ? 0 : number_of_namespace((struct mnt_namespace *)mnt_ns);
  event->mnt_ns_inode = BPF_CORE_READ((struct mnt_namespace *)mnt_ns, ns.inum);
  event->mounts = found->seen;
  event->root_mount = found->root_mount;
}

/* Beside operations there is room for two bits: what kind of event this is. */
#define PLACE_SIZE (1U << 31)    /* the other bits hold a size_class(), not operations */
#define PLACE_REFUSED (1U << 30) /* see PG_FILE_REFUSED */
#define PLACE_ASKED (3U << 30)   /* see PG_FILE_ASKED */
#define PLACE_KIND (3U << 30)

/*
 * Reports `ops` on the file to which a struct path of `mnt` and `dentry` points. What was reported before costs no
 * event. Returns 0 when the event could not be sent. A global function, as all larger ones here, so its arguments are
 * plain numbers: see walk_step() in paths.h.
 */
__weak int add_place(__u64 mnt, __u64 dentry, __u32 ops)
{
  struct path path = {.mnt = (struct vfsmount *)mnt, .dentry = (struct dentry *)dentry};
  struct pg_task *state = current_state();
  struct pg_walk_result found = {};
  struct pg_walk *walk;

  struct pg_run *run = app_run(state);
  if (!run || !walk_to(&path, run->mnt_ns, &walk, &found))
    return 1;
  found.key.run = state->run;
  found.key.ops = ops;
  __u64 mark = seen_mark(&found.key);
  __u32 kind = ops & PLACE_KIND;
  if (kind != PLACE_ASKED && was_seen(mark))
    return 1;
  begin_event(&walk->head, state, found.flags, ops & ~PLACE_KIND, found.key.dev);
  if (kind == PLACE_SIZE)
    walk->head.type = PG_EVENT_SIZE;
  if (kind == PLACE_REFUSED)
    walk->head.flags |= PG_FILE_REFUSED;
  if (kind == PLACE_ASKED)
    walk->head.flags |= PG_FILE_ASKED;
  walk->head.mount = BPF_CORE_READ(mount_of(path.mnt), mnt_id);
  if (!(found.flags & PG_FILE_FOREIGN))
    fill_mounts(&walk->head, run, run->mnt_ns);
  if (!send_path(walk, 0))
    return 0;
  remember_seen(mark);
  return 1;
}

static __always_inline int add_path(const struct path *path, __u32 ops)
{
  return add_place((__u64)path->mnt, (__u64)path->dentry, ops);
}

/* The open file of the current thread's descriptor, or 0. A global function: see task_of() in recording.h. */
__weak __u64 file_at(__s32 descriptor)
{
  struct files_struct *files = TASK_FIELD(current_task(), files);
  struct file *file = NULL;

  if (!files || descriptor < 0)
    return 0;
  struct fdtable *table = TASK_FIELD(files, fdt);
  if ((__u32)descriptor >= TASK_FIELD(table, max_fds))
    return 0;
  struct file **slots = TASK_FIELD(table, fd);
  bpf_probe_read_kernel(&file, sizeof(file), &slots[descriptor]);
  return (__u64)file;
}

static __always_inline struct file *file_of(__s32 descriptor) { return (struct file *)file_at(descriptor); }

static __always_inline bool path_of_file(struct file *file, struct path *path)
{
  if (!file)
    return false;
  return bpf_core_read(path, sizeof(*path), &file->f_path) == 0 && path->dentry && path->mnt;
}

static __always_inline int add_descriptor(__s32 descriptor, __u32 ops)
{
  struct path path;

  if (!path_of_file(file_of(descriptor), &path))
    return 0;
  return add_path(&path, ops);
}

#endif
