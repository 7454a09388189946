/* SPDX-License-Identifier: (BSD-2-Clause OR GPL-2.0-only)
 *
 * Finds the file that a process has mapped at an address. bpf_find_vma() came with Linux 5.17, so the kernel's own tree
 * of mappings is walked: a maple tree since Linux 6.1, a red-black tree before. It is read without its lock. A thread
 * that changes it at the same time can make the walk miss, which the check of the address at the end tells.
 */
#ifndef PROFILEGEN_MAPPINGS_H
#define PROFILEGEN_MAPPINGS_H

#include "files.h"

/* lib/maple_tree.c: a node is 256 bytes, and a pointer to it has its type in bits 3 to 6. A node begins with its
 * parent; then come the pivots, each the last address of a slot, and the slots. A pivot of 0 belongs to no slot any
 * more. */
#define MAPLE_WORDS 32
#define MAPLE_POINTER(entry) ((entry) & ~0xffULL)
#define MAPLE_TYPE(entry) ((entry) >> 3 & 0xf)
#define MAPLE_INNER 3 /* maple_arange_64: 9 pivots, 10 slots; all others that are used have 15 and 16 */
#define MAPLE_LEAF 1  /* maple_leaf_64; below are none */
#define MAPLE_DEPTH 8
#define TREE_DEPTH 48 /* of a red-black tree with 65530 mappings (vm.max_map_count) it is at most 32 */

struct pg_maple_node {
  __u64 words[MAPLE_WORDS];
};

struct {
  __uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
  __uint(max_entries, 1);
  __type(key, __u32);
  __type(value, struct pg_maple_node);
} maple_nodes __weak SEC(".maps");

/* What the node's slot for this address holds. A global function: see walk_step() in paths.h. */
__weak __u64 maple_slot(__u64 entry, __u64 address)
{
  __u32 zero = 0, slot;
  bool inner = MAPLE_TYPE(entry) == MAPLE_INNER;
  __u32 pivots = inner ? 9 : 15;
  struct pg_maple_node *node = bpf_map_lookup_elem(&maple_nodes, &zero);

  if (!node || bpf_probe_read_kernel(node, sizeof(*node), (void *)MAPLE_POINTER(entry)))
    return 0;
  for (slot = 0; slot < 15; slot++) {
    if (slot >= pivots || address <= node->words[1 + slot] || !node->words[1 + slot])
      break;
  }
  return node->words[(1 + pivots + slot) & (MAPLE_WORDS - 1)];
}

static __always_inline struct vm_area_struct *in_maple_tree(struct mm_struct *mm, __u64 address)
{
  __u64 entry = (__u64)BPF_CORE_READ(mm, mm_mt.ma_root);

  if ((entry & 3) != 2) /* XA_ZERO and a tree of one entry: no process has only one mapping */
    return NULL;
  for (int i = 0; i < MAPLE_DEPTH && entry; i++) {
    bool leaf = MAPLE_TYPE(entry) <= MAPLE_LEAF;
    entry = maple_slot(entry, address);
    if (leaf)
      return (struct vm_area_struct *)entry;
  }
  return NULL;
}

static __always_inline struct vm_area_struct *in_red_black_tree(struct mm_struct *mm, __u64 address)
{
  struct rb_node *node = BPF_CORE_READ((struct mm_struct___old *)mm, mm_rb.rb_node);

  for (int i = 0; i < TREE_DEPTH && node; i++) {
    struct vm_area_struct___old *area =
        (struct vm_area_struct___old *)((char *)node - bpf_core_field_offset(struct vm_area_struct___old, vm_rb));
    if (address >= BPF_CORE_READ(area, vm_end))
      node = BPF_CORE_READ(node, rb_right);
    else if (address < BPF_CORE_READ(area, vm_start))
      node = BPF_CORE_READ(node, rb_left);
    else
      return (struct vm_area_struct *)area;
  }
  return NULL;
}

/* The file that the current process has mapped at the address, or 0. A global function, as above. */
__weak __u64 mapped_file(__u64 address)
{
  struct mm_struct *mm = BPF_CORE_READ(current_task(), mm);
  struct vm_area_struct *area;

  if (!mm)
    return 0;
  if (bpf_core_field_exists(mm->mm_mt))
    area = in_maple_tree(mm, address);
  else
    area = in_red_black_tree(mm, address);
  if (!area || address < BPF_CORE_READ(area, vm_start) || address >= BPF_CORE_READ(area, vm_end))
    return 0;
  return (__u64)BPF_CORE_READ(area, vm_file);
}

/*
 * The path of a mapped file in the process's own view. Overlayfs (and a passthrough of FUSE) maps the file below it,
 * which is on a private mount. Since Linux 6.6 the path by which the user opened it comes behind that file's structure;
 * before, the file has that path itself (open_with_fake_path() in fs/open.c). The flag that tells such a file has
 * another value in Linux 6.14, so the type of the file system is looked at.
 */
#define OVERLAYFS_SUPER_MAGIC 0x794c7630
#define FUSE_SUPER_MAGIC 0x65735546

static __always_inline bool is_stacked(const struct path *path)
{
  unsigned long magic = BPF_CORE_READ(path->mnt, mnt_sb, s_magic);

  return magic == OVERLAYFS_SUPER_MAGIC || magic == FUSE_SUPER_MAGIC;
}

static __always_inline bool path_of_mapping(struct file *file, struct path *path)
{
  struct backing_file *backing = (struct backing_file *)file;

  if (!path_of_file(file, path))
    return false;
  __u64 ns = (__u64)BPF_CORE_READ(mount_of(path->mnt), mnt_ns);
  if ((ns && ns < (__u64)-4095) || !bpf_core_field_exists(backing->user_path))
    return true;
  return bpf_core_read(path, sizeof(*path), &backing->user_path) == 0 && path->dentry && path->mnt && is_stacked(path);
}

static __always_inline int add_mapping(__u64 address, __u32 ops)
{
  struct path path;

  if (!path_of_mapping((struct file *)mapped_file(address), &path))
    return 0;
  return add_path(&path, ops);
}

#endif
