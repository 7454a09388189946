/* SPDX-License-Identifier: (BSD-2-Clause OR GPL-2.0-only)
 *
 * Makes a path in the container's own view from a dentry and a mount, and sends the event that carries it.
 *
 * bpf_d_path() is not allowed in tracepoint programs, and its path is relative to the task's own root, which is wrong
 * after a chroot. So the chain of dentries and mounts is walked up to the root of the mount namespace. The path is
 * written backwards, from its end:
 *
 *     raw: [ … | struct pg_file_event | base path ][ tail: the string that the program gave ]
 *                                                  ^ PATH_AT + PG_PATH_MAX
 *
 * The state is in a map value and each step is a function of its own, because verifiers give up on a loop that is
 * inlined or has its state on the stack.
 */
#ifndef PROFILEGEN_PATHS_H
#define PROFILEGEN_PATHS_H

#include "seen.h"

#define HEAD sizeof(struct pg_file_event)
#define TAIL_AT (HEAD + PG_PATH_MAX)
#define NAME_LIMIT 255
#define DEPTH_LIMIT 128
#define SHORT_NAME 40 /* a dentry stores up to 40 bytes of a name itself, before Linux 6.12 up to 32 */
#define S_IFMT 0170000
#define S_IFDIR 0040000

/* What is read of a dentry and of a mount. These fields are adjacent in every kernel so far: one read gets them all. */
struct pg_dentry_place {
  __u64 pprev; /* 0: the dentry is in no directory */
  __u64 parent;
  __u64 hash_len; /* of its name */
  __u64 name;
  __u64 inode;
  char short_name[SHORT_NAME]; /* the bytes after these fields: the name itself, unless it is longer */
};

struct pg_mount_place {
  __u64 parent;
  __u64 mountpoint;
  __u64 root; /* the mount's root dentry; 0 in a walk that stays in its file system */
  __u64 super_block;
};

struct pg_walk {
  __u64 dentry;
  __u64 mount;
  struct pg_mount_place mount_place;
  __u64 hash; /* of all components, for telling known paths from new ones */
  __u32 at;   /* where the base path begins, counted from HEAD */
  __u32 pad;
  struct pg_dentry_place place;
  struct pg_file_event head; /* the event that is being made: the stack has no room for it */
  /* One page more than is used: the verifier can't see that a longer event begins earlier. */
  char raw[HEAD + 3 * PG_PATH_MAX + NAME_LIMIT + 1];
};

struct {
  __uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
  __uint(max_entries, 1);
  __type(key, __u32);
  __type(value, struct pg_walk);
} walks __weak SEC(".maps");

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

#define AT(type, field) bpf_core_field_offset(struct type, field)

static __always_inline void read_dentry(struct dentry *dentry, struct pg_dentry_place *place)
{
  const __u32 at = AT(dentry, d_hash.pprev);

  if (AT(dentry, d_parent) == at + 8 && AT(dentry, d_name.hash_len) == at + 16 && AT(dentry, d_name.name) == at + 24 &&
      AT(dentry, d_inode) == at + 32) {
    bpf_probe_read_kernel(place, sizeof(*place), (char *)dentry + at);
    return;
  }
  place->pprev = (__u64)BPF_CORE_READ(dentry, d_hash.pprev);
  place->parent = (__u64)BPF_CORE_READ(dentry, d_parent);
  place->hash_len = BPF_CORE_READ(dentry, d_name.hash_len);
  place->name = (__u64)BPF_CORE_READ(dentry, d_name.name);
  place->inode = (__u64)BPF_CORE_READ(dentry, d_inode);
}

static __always_inline void read_mount(struct mount *mount, struct pg_mount_place *place)
{
  const __u32 at = AT(mount, mnt_parent);

  if (AT(mount, mnt_mountpoint) == at + 8 && AT(mount, mnt.mnt_root) == at + 16 && AT(mount, mnt.mnt_sb) == at + 24) {
    bpf_probe_read_kernel(place, sizeof(*place), (char *)mount + at);
    return;
  }
  place->parent = (__u64)BPF_CORE_READ(mount, mnt_parent);
  place->mountpoint = (__u64)BPF_CORE_READ(mount, mnt_mountpoint);
  place->root = (__u64)BPF_CORE_READ(mount, mnt.mnt_root);
  place->super_block = (__u64)BPF_CORE_READ(mount, mnt.mnt_sb);
}

/*
 * Writes the component's name in front of the path so far. A short name was read with its dentry. It is copied from
 * there in words, so that it ends at the right place. The copy begins with bytes that are not part of the name; the
 * next component overwrites them.
 */
_Static_assert(__builtin_offsetof(struct pg_dentry_place, short_name) == SHORT_NAME, "no byte before `place` is moved");
static __always_inline void put_name(struct pg_walk *walk, __u32 at, __u32 length)
{
  if (walk->place.name == walk->dentry + AT(dentry, d_inode) + 8 && length < SHORT_NAME) {
    const char *from = (const char *)&walk->place + length;
    char *to = &walk->raw[HEAD + (at & (PG_PATH_MAX - 1))] + length - SHORT_NAME;
#pragma unroll
    for (int i = 0; i < SHORT_NAME; i += 8)
      *(__u64 *)(to + i) = *(const __u64 *)(from + i);
    return;
  }
  bpf_probe_read_kernel(&walk->raw[HEAD + (at & (PG_PATH_MAX - 1))], length & NAME_LIMIT,
                        (const void *)walk->place.name);
}

/*
 * Walks up by one component. The verifier checks a global function without arguments once, and not at each call: that
 * check is most of the time that loading takes.
 */
__weak int walk_step(void)
{
  struct pg_walk *walk = current_walk();
  if (!walk)
    return WALK_TOO_LONG;
  struct dentry *dentry = (struct dentry *)walk->dentry;

  if ((__u64)dentry == walk->mount_place.root) {
    __u64 up = walk->mount_place.parent;
    if (up == walk->mount)
      return WALK_DONE;
    walk->dentry = walk->mount_place.mountpoint;
    walk->mount = up;
    read_mount((struct mount *)up, &walk->mount_place);
    return WALK_GOES_ON;
  }
  read_dentry(dentry, &walk->place);
  if (walk->place.parent == (__u64)dentry)
    return WALK_DONE;

  __u64 hash_len = walk->place.hash_len;
  __u32 length = hash_len >> 32;
  if (length > NAME_LIMIT || walk->at < length + 1)
    return WALK_TOO_LONG;
  __u32 at = walk->at - length;
  put_name(walk, at, length);
  at -= 1;
  walk->raw[HEAD + (at & (PG_PATH_MAX - 1))] = '/';
  walk->at = at;
  walk->hash = (walk->hash ^ hash_len) * 0x9e3779b97f4a7c15ULL;
  walk->hash ^= walk->hash >> 29;
  walk->dentry = walk->place.parent;
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
  read_mount(mount_of(path->mnt), &walk->mount_place);
  return walk;
}

struct pg_walk_result {
  struct pg_seen_key key;
  __u8 flags;
};

/* Whether the file was made with O_TMPFILE and no name leads to it. */
static __always_inline bool is_unnamed(const struct pg_dentry_place *place)
{
  char name[2] = {};

  if (place->pprev)
    return false;
  bpf_probe_read_kernel(name, sizeof(name), (const void *)place->name);
  return name[0] == '#' && name[1] >= '0' && name[1] <= '9';
}

/*
 * Walks up from `path`, which gives its text and a key that identifies the file. Returns false when it is on no mount
 * (pipes, sockets, memfd) or the walk fails. On a mount of another namespace than `mnt_ns` (unshare -m, a descriptor
 * from outside) the walk ends at the root of the file system: user space finds that place in the container's mount
 * table by its device.
 */
static __always_inline bool walk_to(struct path *path, __u64 mnt_ns, struct pg_walk **out,
                                    struct pg_walk_result *result)
{
  struct pg_walk *walk = new_walk(path);
  if (!walk)
    return false;
  __u64 ns = (__u64)BPF_CORE_READ(mount_of(path->mnt), mnt_ns);
  if (!ns || ns >= (__u64)-4095)
    return false;
  result->flags = 0;
  if (ns != mnt_ns) {
    walk->mount_place.root = 0;
    result->flags = PG_FILE_FOREIGN;
  }
  struct super_block *super_block = (struct super_block *)walk->mount_place.super_block;
  read_dentry(path->dentry, &walk->place);
  struct inode *inode = (struct inode *)walk->place.inode;
  if (is_unnamed(&walk->place))
    result->flags |= PG_FILE_UNNAMED;
  if (walk_up() != WALK_DONE) {
    lost(PG_LOSS_PATHS);
    return false;
  }
  result->key.hash = walk->hash;
  result->key.dev = BPF_CORE_READ(super_block, s_dev);
  result->key.ino = BPF_CORE_READ(inode, i_ino);
  result->key.generation = BPF_CORE_READ(inode, i_generation);
  if ((BPF_CORE_READ(inode, i_mode) & S_IFMT) == S_IFDIR)
    result->flags |= PG_FILE_DIRECTORY;
  *out = walk;
  return true;
}

/*
 * An event that has a file's whole path can wait. Waking the reader for it would cost the recorded thread ten times
 * what the walk does; the reader comes by itself after some milliseconds (src/record/record.cpp). All other events wake
 * it, because names, programs and mounts must be looked at while they exist.
 */
static __always_inline __u64 how_to_wake(const struct pg_file_event *head)
{
  bool is_exec = head->type == PG_EVENT_FILE && head->ops & 1 << PG_OP_EXEC;

  if ((head->type == PG_EVENT_FILE || head->type == PG_EVENT_SIZE) && !(head->flags & PG_FILE_TAIL) && !is_exec &&
      bpf_ringbuf_query(&events, BPF_RB_AVAIL_DATA) < ring_bytes / 8)
    return BPF_RB_NO_WAKEUP;
  return BPF_RB_FORCE_WAKEUP; /* forced: else the kernel wakes nobody while earlier events are unread */
}

/*
 * Sends the event at `head` with the path of the walk, and `tail_length` bytes after it. Returns false, and counts
 * that, when it is lost.
 */
static __always_inline bool send_path(struct pg_walk *walk, __u32 tail_length)
{
  __u32 at = walk->at;
  __u32 size = HEAD + (PG_PATH_MAX - at) + tail_length;

  if (at > PG_PATH_MAX || size > HEAD + 2 * PG_PATH_MAX)
    return false;
  struct pg_file_event *event = (struct pg_file_event *)&walk->raw[at];
  __builtin_memcpy(event, &walk->head, sizeof(*event));
  event->base_length = PG_PATH_MAX - at;
  if (bpf_ringbuf_output(&events, event, size, how_to_wake(&walk->head)) == 0)
    return true;
  if (!(walk->head.flags & PG_FILE_ASKED)) /* it tells people more, but is no fact of the policy */
    lost(PG_LOSS_FILES);
  return false;
}

#endif
