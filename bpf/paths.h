/* SPDX-License-Identifier: (BSD-2-Clause OR GPL-2.0-only)
 *
 * From a dentry and a mount to a path in the container's own view, and the event that carries it.
 *
 * bpf_d_path() is refused in tracepoint programs and is relative to the task's own root, which lies after a chroot. So
 * the chain of dentries and mounts is walked up to the root of the mount namespace. The path is written from its end:
 *
 *     raw: [ … | struct pg_file_event | base path ][ tail: the string that the program gave ]
 *                                                  ^ PATH_AT + PG_PATH_MAX
 *
 * The state lives in a map value and each step is a function of its own, because verifiers give up on the loop when it is
 * inlined or keeps its state on the stack.
 */
#ifndef PROFILEGEN_PATHS_H
#define PROFILEGEN_PATHS_H

#include "recording.h"

#define HEAD sizeof(struct pg_file_event)
#define TAIL_AT (HEAD + PG_PATH_MAX)
#define NAME_LIMIT 255
#define DEPTH_LIMIT 128
#define S_IFMT 0170000
#define S_IFDIR 0040000

struct pg_walk {
  __u64 dentry;
  __u64 mount;
  __u64 mount_root; /* dentry at which the mount begins; 0 in a walk that stays in its file system */
  __u64 hash; /* of all components, for telling known paths from new ones */
  __u32 at;   /* where the base path begins, counted from HEAD */
  __u32 pad;
  /* One page more than can be used: the verifier can't see that a longer event begins earlier. */
  char raw[HEAD + 3 * PG_PATH_MAX + NAME_LIMIT + 1];
};

struct {
  __uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
  __uint(max_entries, 1);
  __type(key, __u32);
  __type(value, struct pg_walk);
} walks __weak SEC(".maps");

/* What was sent already. Only a cache: a forgotten entry costs one more event, and nothing is kept here alone. */
struct pg_seen_key {
  __u64 hash;
  __u64 ino;
  __u32 dev;
  __u32 recording;
  __u32 ops;
  __u32 generation;
};

struct {
  __uint(type, BPF_MAP_TYPE_LRU_HASH);
  __uint(max_entries, 65536);
  __type(key, struct pg_seen_key);
  __type(value, __u8);
} seen __weak SEC(".maps");

enum { WALK_GOES_ON, WALK_DONE, WALK_TOO_LONG };

static __always_inline struct mount *mount_of(struct vfsmount *mnt)
{
  return (struct mount *)((char *)mnt - bpf_core_field_offset(struct mount, mnt));
}

static __always_inline struct pg_walk *current_walk(void)
{
  __u32 zero = 0;

  return bpf_map_lookup_elem(&walks, &zero);
}

/* What a step needs of a dentry. The three stand behind each other there in every kernel so far: one reading gets them. */
struct pg_dentry_place {
  __u64 parent;
  __u64 hash_len; /* of its name */
  __u64 name;
};

static __always_inline void read_place(struct dentry *dentry, struct pg_dentry_place *place)
{
  if (bpf_core_field_offset(dentry->d_name.hash_len) == bpf_core_field_offset(dentry->d_parent) + 8 &&
      bpf_core_field_offset(dentry->d_name.name) == bpf_core_field_offset(dentry->d_parent) + 16) {
    bpf_probe_read_kernel(place, sizeof(*place), (char *)dentry + bpf_core_field_offset(dentry->d_parent));
    return;
  }
  place->parent = (__u64)BPF_CORE_READ(dentry, d_parent);
  place->hash_len = BPF_CORE_READ(dentry, d_name.hash_len);
  place->name = (__u64)BPF_CORE_READ(dentry, d_name.name);
}

/*
 * One component. A global function without arguments is verified once and not for each call of it: that is most of the
 * time that loading takes.
 */
__weak int walk_step(void)
{
  struct pg_walk *walk = current_walk();
  if (!walk)
    return WALK_TOO_LONG;
  struct dentry *dentry = (struct dentry *)walk->dentry;
  struct mount *mount = (struct mount *)walk->mount;

  if ((__u64)dentry == walk->mount_root) {
    struct mount *up = BPF_CORE_READ(mount, mnt_parent);
    if (up == mount)
      return WALK_DONE;
    walk->dentry = (__u64)BPF_CORE_READ(mount, mnt_mountpoint);
    walk->mount = (__u64)up;
    walk->mount_root = (__u64)BPF_CORE_READ(up, mnt.mnt_root);
    return WALK_GOES_ON;
  }
  struct pg_dentry_place place;
  read_place(dentry, &place);
  if (place.parent == (__u64)dentry)
    return WALK_DONE;

  __u64 hash_len = place.hash_len;
  __u32 length = hash_len >> 32;
  if (length > NAME_LIMIT || walk->at < length + 1)
    return WALK_TOO_LONG;
  __u32 at = walk->at - length;
  bpf_probe_read_kernel(&walk->raw[HEAD + (at & (PG_PATH_MAX - 1))], length & NAME_LIMIT, (const void *)place.name);
  at -= 1;
  walk->raw[HEAD + (at & (PG_PATH_MAX - 1))] = '/';
  walk->at = at;
  walk->hash = (walk->hash ^ hash_len) * 0x9e3779b97f4a7c15ULL;
  walk->hash ^= walk->hash >> 29;
  walk->dentry = place.parent;
  return WALK_GOES_ON;
}

__weak int walk_up(void)
{
  struct pg_walk *walk = current_walk();
  int state = WALK_GOES_ON;

  if (!walk)
    return WALK_TOO_LONG;
  walk->at = PG_PATH_MAX;
  walk->hash = 0;
  for (int i = 0; i < DEPTH_LIMIT && state == WALK_GOES_ON; i++)
    state = walk_step();
  return state;
}

static __always_inline struct pg_walk *new_walk(struct path *path)
{
  struct pg_walk *walk = current_walk();

  if (!walk)
    return NULL;
  walk->dentry = (__u64)path->dentry;
  walk->mount = (__u64)mount_of(path->mnt);
  walk->mount_root = (__u64)BPF_CORE_READ(path->mnt, mnt_root);
  return walk;
}

struct pg_walk_result {
  struct pg_seen_key key;
  __u8 flags;
};

/* Made with O_TMPFILE, and not found by any name. */
static __always_inline bool is_unnamed(struct dentry *dentry)
{
  char name[2] = {};

  if (BPF_CORE_READ(dentry, d_hash.pprev))
    return false;
  bpf_probe_read_kernel(name, sizeof(name), BPF_CORE_READ(dentry, d_name.name));
  return name[0] == '#' && name[1] >= '0' && name[1] <= '9';
}

/*
 * Walks to `path` and says who it is. False when it lies on no mount (pipes, sockets, memfd) or can't be told.
 * A mount of another namespace than `mnt_ns` (unshare -m, a descriptor from outside) is walked to the root of its file
 * system only: user space finds that place in the container's mount table by its device.
 */
static __always_inline bool walk_to(struct path *path, __u64 mnt_ns, struct pg_walk **out,
                                    struct pg_walk_result *result)
{
  struct pg_walk *walk = new_walk(path);
  if (!walk)
    return false;
  struct dentry *dentry = path->dentry;
  struct vfsmount *vfsmount = path->mnt;
  struct mount *mount = mount_of(vfsmount);
  __u64 ns = (__u64)BPF_CORE_READ(mount, mnt_ns);
  if (!ns || ns >= (__u64)-4095)
    return false;
  result->flags = 0;
  if (ns != mnt_ns) {
    walk->mount_root = 0;
    result->flags = PG_FILE_FOREIGN;
  }
  if (walk_up() != WALK_DONE) {
    lost(PG_LOSS_PATHS);
    return false;
  }
  struct inode *inode = BPF_CORE_READ(dentry, d_inode);
  result->key.hash = walk->hash;
  result->key.dev = BPF_CORE_READ(vfsmount, mnt_sb, s_dev);
  result->key.ino = BPF_CORE_READ(inode, i_ino);
  result->key.generation = BPF_CORE_READ(inode, i_generation);
  if ((BPF_CORE_READ(inode, i_mode) & S_IFMT) == S_IFDIR)
    result->flags |= PG_FILE_DIRECTORY;
  if (is_unnamed(dentry))
    result->flags |= PG_FILE_UNNAMED;
  *out = walk;
  return true;
}

/*
 * A file that is told by its whole path can be looked at later: the reader is not woken for it, which costs the recorded
 * thread ten times what the walk does, but comes by itself after some milliseconds (src/record/record.cpp). Everything
 * else has to be looked at while it is there: names, programs, mounts.
 */
static __always_inline __u64 how_to_wake(const struct pg_file_event *head)
{
  if (head->type == PG_EVENT_FILE && !(head->flags & PG_FILE_TAIL) && !(head->ops & 1 << PG_OP_EXEC) &&
      bpf_ringbuf_query(&events, BPF_RB_AVAIL_DATA) < bpf_ringbuf_query(&events, BPF_RB_RING_SIZE) / 8)
    return BPF_RB_NO_WAKEUP;
  return BPF_RB_FORCE_WAKEUP; /* without it nobody is woken for what comes behind an event that woke nobody */
}

/* Sends what lies in the walk, with `tail_length` bytes behind the base path. False, and counted, when it is lost. */
static __always_inline bool send_path(struct pg_walk *walk, const struct pg_file_event *head, __u32 tail_length)
{
  __u32 at = walk->at;
  __u32 size = HEAD + (PG_PATH_MAX - at) + tail_length;

  if (at > PG_PATH_MAX || size > HEAD + 2 * PG_PATH_MAX)
    return false;
  struct pg_file_event *event = (struct pg_file_event *)&walk->raw[at];
  __builtin_memcpy(event, head, sizeof(*event));
  event->base_length = PG_PATH_MAX - at;
  if (bpf_ringbuf_output(&events, event, size, how_to_wake(head)) == 0)
    return true;
  lost(PG_LOSS_FILES);
  return false;
}

#endif
