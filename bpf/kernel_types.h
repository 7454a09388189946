/* SPDX-License-Identifier: (BSD-2-Clause OR GPL-2.0-only)
 *
 * Declares the few kernel fields that are read. libbpf fixes their offsets at load time by the running kernel's BTF
 * (CO-RE). So only names and kinds of fields matter here, and a build needs nothing of a kernel.
 */
#ifndef PROFILEGEN_KERNEL_TYPES_H
#define PROFILEGEN_KERNEL_TYPES_H
#define __VMLINUX_H__ /* tells bpf_tracing.h that registers have the kernel's names (di), not user space's (rdi) */

typedef unsigned char __u8;
typedef unsigned short __u16;
typedef unsigned int __u32;
typedef unsigned long long __u64;
typedef signed char __s8;
typedef short __s16;
typedef int __s32;
typedef long long __s64;
typedef __u16 __be16;
typedef __u32 __be32;
typedef __u32 __wsum;
typedef _Bool bool;
#define true 1
#define false 0

/* From uapi/linux/bpf.h, only what is used. */
enum bpf_map_type {
  BPF_MAP_TYPE_HASH = 1,
  BPF_MAP_TYPE_ARRAY = 2,
  BPF_MAP_TYPE_PERCPU_ARRAY = 6,
  BPF_MAP_TYPE_RINGBUF = 27,
  BPF_MAP_TYPE_TASK_STORAGE = 29,
};
enum { BPF_ANY, BPF_NOEXIST, BPF_EXIST };
#define BPF_F_NO_PREALLOC 1U
#define BPF_LOCAL_STORAGE_GET_F_CREATE 1ULL
enum { BPF_RB_NO_WAKEUP = 1, BPF_RB_FORCE_WAKEUP = 2 };
enum { BPF_RB_AVAIL_DATA };

#pragma clang attribute push(__attribute__((preserve_access_index)), apply_to = record)

#include "machine_types.h"

struct qstr {
  union {
    struct {
      __u32 hash;
      __u32 len;
    };
    __u64 hash_len;
  };
  const unsigned char *name;
};

struct super_block {
  __u32 s_dev;
  unsigned long s_flags;
  unsigned long s_magic;
};

struct inode {
  __u16 i_mode;
  unsigned long i_ino;
  __u32 i_generation;
  struct super_block *i_sb;
  __s64 i_size;
};

struct hlist_bl_node {
  struct hlist_bl_node *next, **pprev;
};

struct dentry {
  struct hlist_bl_node d_hash; /* pprev is NULL when the dentry is in no directory */
  struct dentry *d_parent;
  struct qstr d_name;
  struct inode *d_inode;
};

struct vfsmount {
  struct dentry *mnt_root;
  struct super_block *mnt_sb;
  int mnt_flags;
};

struct ns_common {
  unsigned int inum;
};

struct mount;
struct mnt_namespace {
  struct ns_common ns;
  struct mount *root;
  __u64 event; /* differs after each change of its mounts */
  unsigned int nr_mounts;
  __u64 seq; /* counted up with each namespace since boot; since Linux 6.18 it is ns_common's */
};

/* Since Linux 6.18. */
struct ns_common___numbered {
  __u64 ns_id;
};

/* Before Linux 6.11. */
struct mnt_namespace___old {
  unsigned int mounts;
};

struct list_head {
  struct list_head *next;
};

struct mount {
  struct mount *mnt_parent;
  struct dentry *mnt_mountpoint;
  struct vfsmount mnt;
  struct mnt_namespace *mnt_ns;
  int mnt_id;
  struct list_head mnt_mounts;
  struct list_head mnt_child;
};

struct path {
  struct vfsmount *mnt;
  struct dentry *dentry;
};

struct file {
  __u32 f_mode;
  unsigned int f_flags;
  struct path f_path;
  struct inode *f_inode;
  void *private_data; /* a socket's struct socket */
};

/* Since Linux 6.6: the file below a stacked file system, with the path by which the user opened it. */
struct backing_file {
  struct file file;
  struct path user_path;
};

struct sock_common {
  unsigned short skc_family;
};

struct sock {
  struct sock_common __sk_common;
  __u16 sk_protocol;
};

struct socket {
  short type;
  struct sock *sk;
};

struct fdtable {
  unsigned int max_fds;
  struct file **fd;
};

struct files_struct {
  struct fdtable *fdt;
};

struct fs_struct {
  struct path root;
  struct path pwd;
};

struct nsproxy {
  struct mnt_namespace *mnt_ns;
};

/* A set of 64 capabilities. Read as a whole: until Linux 6.2 its member was an array. */
struct kernel_cap_struct {
};

struct user_namespace {
  int level;
};

typedef struct {
  unsigned int val;
} kuid_t;

typedef struct {
  unsigned int val;
} kgid_t;

struct group_info {
  int ngroups;
  kgid_t gid[1]; /* as many as `ngroups` */
};

struct cred {
  kuid_t uid, suid, euid, fsuid;
  kgid_t gid, sgid, egid, fsgid;
  struct kernel_cap_struct cap_inheritable;
  struct kernel_cap_struct cap_permitted;
  struct kernel_cap_struct cap_effective;
  struct kernel_cap_struct cap_bset;
  struct kernel_cap_struct cap_ambient;
  struct user_namespace *user_ns;
  struct group_info *group_info;
};

struct seccomp_filter {
  struct seccomp_filter *prev; /* the one that was installed before it */
};

struct seccomp {
  int mode;
  struct seccomp_filter *filter;
};

struct kernfs_node {
  const char *name;
  __u64 id;
};

struct cgroup_root {
  int hierarchy_id;
};

struct cgroup_subsys_state {
  struct cgroup *cgroup;
  struct cgroup_subsys_state *parent;
};

struct cgroup {
  struct cgroup_subsys_state self;
  int level;
  struct kernfs_node *kn;
  struct cgroup_subsys_state *subsys[1];
  struct cgroup_root *root;
};

/* The real values come from BTF. */
enum cgroup_subsys_id { memory_cgrp_id, pids_cgrp_id };

struct page_counter {
  unsigned long watermark; /* the highest value so far */
};

/* mem_cgroup and pids_cgroup begin with their cgroup_subsys_state. */
struct mem_cgroup {
  struct page_counter memory; /* in pages */
};

typedef struct {
  __s64 counter;
} atomic64_t;

struct pids_cgroup {
  atomic64_t counter;
};

struct css_set {
  struct cgroup_subsys_state *subsys[1];
  struct cgroup *dfl_cgrp;
};

struct pid_namespace {
  struct ns_common ns;
};

struct upid {
  int nr;
  struct pid_namespace *ns;
};

struct pid {
  unsigned int level;
  struct upid numbers[1]; /* by level */
};

struct maple_tree {
  void *ma_root;
};

struct vm_area_struct {
  unsigned long vm_start, vm_end;
  struct file *vm_file; /* NULL: memory of no file */
};

struct mm_struct {
  struct maple_tree mm_mt;
  struct file *exe_file; /* the program that the process executes */
};

/* Before Linux 6.1. */
struct rb_node {
  struct rb_node *rb_right, *rb_left;
};

struct rb_root {
  struct rb_node *rb_node;
};

struct vm_area_struct___old {
  unsigned long vm_start, vm_end;
  struct rb_node vm_rb;
};

struct mm_struct___old {
  struct rb_root mm_rb;
};

struct bpf_local_storage;

struct task_struct {
  struct thread_info thread_info;
  void *stack;
  unsigned int flags;
  unsigned long atomic_flags;
  int pid;
  int tgid;
  int exit_code; /* as in wait(2): the low 7 bits are the signal that ended it */
  struct task_struct *real_parent;
  struct task_struct *group_leader;
  struct pid *thread_pid;
  const struct cred *real_cred;
  char comm[16];
  struct fs_struct *fs;
  struct files_struct *files;
  struct mm_struct *mm;
  struct nsproxy *nsproxy;
  struct seccomp seccomp;
  struct css_set *cgroups;
  struct bpf_local_storage *bpf_storage; /* since Linux 5.11 */
};

/* The contexts of the perf events raw_syscalls:sys_enter and sys_exit. */
struct trace_event_raw_sys_enter {
  long id;
};
struct trace_event_raw_sys_exit {
  long ret;
};

struct linux_binprm {
  struct file *file;
  const char *filename; /* the name by which it was executed */
  const char *interp;   /* differs from `filename` only for a script */
  unsigned int secureexec : 1;
  int unsafe; /* LSM_UNSAFE_* */
};

struct seq_file;
struct bpf_iter_meta {
  struct seq_file *seq;
};
struct bpf_iter__task {
  struct bpf_iter_meta *meta;
  struct task_struct *task;
};

#pragma clang attribute pop

/* include/linux/fs.h, unchanged since Linux 4.19 */
#define FMODE_READ 0x1
#define FMODE_WRITE 0x2
#define FMODE_PATH 0x4000
#define FMODE_CREATED 0x100000

#endif
