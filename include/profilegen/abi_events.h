/* SPDX-License-Identifier: (BSD-2-Clause OR GPL-2.0-only)
 *
 * What the kernel side sends through the ring buffer, as abi.h defines what both sides keep in maps. Each event begins
 * with its type.
 */
#ifndef PROFILEGEN_ABI_EVENTS_H
#define PROFILEGEN_ABI_EVENTS_H

#include "profilegen/abi.h"

enum pg_event_type {
  PG_EVENT_SET_UP,
  PG_EVENT_BEGIN,
  PG_EVENT_END,
  PG_EVENT_CALL,
  PG_EVENT_SOCKET,
  PG_EVENT_FILE,
  PG_EVENT_ROOT,
  PG_EVENT_STACK,   /* where a program stood when something was denied */
  PG_EVENT_SETTLED, /* whether a thread's tentative events count */
  PG_EVENT_SIZE,    /* a pg_file_event: the file never had more than 1 << `ops` bytes */
  PG_EVENT_MOUNTS,  /* a pg_file_event without paths: mount namespace `mnt_ns` is new or has other mounts */
  PG_EVENT_PORT,    /* a pg_call_event: a socket was bound to a port that was not seen bound before */
  PG_EVENT_RIGHTS,  /* before PG_FILE_REFUSED events of a call: what the thread may do */
  PG_EVENT_OBJECTS, /* a pg_objects_event: what the capability checks of a call were about */
};

/* A container is set up (`first` is of a process in its cgroup), begins (its first governed call), or has no thread
 * left. */
struct pg_notice {
  __u8 type;
  __u8 unconfined; /* the container has no filter of its own */
  __u8 pad[2];
  __u32 run;
  __u64 cgroup;
  struct pg_first first;
  char cgroup_name[128];
};

/* The first use of a call, of a kind of socket or of a port. This is evidence for people; the sets themselves are in
 * `runs` and `ports`. */
struct pg_call_event {
  __u8 type;
  __u8 set;
  __u8 abi;
  __u8 pad;
  __u32 run;
  __u32 number; /* call; pg_socket_use << 16 | family << 8 | type; or port << 16 | family << 8 | type */
  __u32 pad2;
  struct pg_first first;
};

enum pg_file_flag {
  PG_FILE_DIRECTORY = 1,
  PG_FILE_FOLLOW = 2,     /* `tail` may end in a symbolic link, and the call followed it */
  PG_FILE_FOREIGN = 4,    /* not in the container's mount namespace; `base` is relative to the file system's root */
  PG_FILE_TAIL = 8,       /* `tail` is a path as the program gave it, relative to `base` */
  PG_FILE_UNNAMED = 16,   /* opened with O_TMPFILE: the last component of `base` is the kernel's, "#" and a number */
  PG_FILE_REFUSED = 64,   /* not done: the call failed with EROFS; with ENOSPC, when `ops` is to allocate; with EPERM or
                             EACCES, when it is to run code */
  PG_FILE_TENTATIVE = 32, /* not done yet: counts once a PG_EVENT_SETTLED of the same thread says so */
  PG_FILE_ASKED = 128,    /* only named: the PG_EVENT_OBJECTS that follows in the same thread is about it */
};

struct pg_settled_event {
  __u8 type;
  __u8 done; /* 0: the call failed, so the tentative events do not count */
  __u8 pad[2];
  __u32 run;
  __u32 tid;
};

/* What permissions of files are compared with, see cred in the kernel's include/linux/cred.h. */
#define PG_GROUPS 31
struct pg_rights_event {
  __u8 type;
  __u8 pad[3];
  __u32 run;
  __u32 tid;
  __u32 user; /* for files */
  __u64 effective;
  __u64 bounding;
  __u32 group;       /* for files */
  __u32 group_count; /* of all supplementary groups, also when they are more than these */
  __u32 groups[PG_GROUPS];
  __u32 pad2;
};

/* A call in which capabilities were checked has returned. The files that it names were sent before. */
#define PG_BEHIND 64
struct pg_objects_event {
  __u8 type;
  __u8 abi;
  __u8 pad[2];
  __u32 run;
  struct pg_first first;
  struct pg_checked checked;
  __u64 arguments[6];
  __u32 number; /* of the call */
  __u32 pid_ns; /* inode number of the thread's pid namespace, to which the numbers of processes belong */
  __u32 behind_size;
  __u32 group_count; /* of the thread's supplementary groups; those beyond PG_GROUPS are missing */
  __u32 groups[PG_GROUPS];
  __u8 behind[PG_BEHIND]; /* the bytes behind the pointer in argument pg_call_info.behind */
};

/*
 * Beside PG_OP_EXEC in the `ops` of an executed file: its capabilities count in the container (execve was made in its
 * user namespace), and the program got some of them, or the identity of its owner.
 */
#define PG_EXEC_OWN (1U << 28)
#define PG_EXEC_GAINS (1U << 29)

/* Followed by `base` (base_length bytes) and `tail` (the rest), both without a terminator. */
struct pg_file_event {
  __u8 type;
  __u8 flags; /* pg_file_flag */
  __u16 base_length;
  __u32 run;
  struct pg_first first;
  __u64 root;   /* the chroot(2) it was done in (an earlier PG_EVENT_ROOT told it); 0: the namespace's own root */
  __u64 mnt_ns; /* the mount namespace that `base` belongs to, by a number never used again; 0: the container's own */
  __u32 mnt_ns_inode; /* its inode number, which the kernel uses again as soon as the namespace is gone */
  __u32 ops;          /* bit mask of pg_file_op */
  __u32 dev;          /* s_dev as in the kernel: major << 20 | minor */
  /* Tell this namespace's mounts from earlier and later ones: their number, and the root's id as in
   * proc_pid_mountinfo(5). */
  __u32 mounts;
  __u32 root_mount;
  __u32 mount; /* id of the mount that `base` lies on */
};
#define PG_PATH_MAX 4096

#define PG_STACK_REGISTERS 33
#define PG_STACK_BYTES 16384
#define PG_STACK_PIECE 512 /* bytes read at once; the last incomplete piece of a stack is missing */
struct pg_stack_event {
  __u8 type;
  __u8 pad[3];
  __u32 run;
  struct pg_first first;
  __u64 registers[PG_STACK_REGISTERS]; /* by DWARF register number, see the processor's ABI supplement */
  __u64 stack_pointer;
  __u64 program_counter;
  __u64 arguments[6]; /* of the current system call */
  __u32 size;         /* used bytes of `stack` */
  __u32 pad2;
  __u8 stack[PG_STACK_BYTES]; /* from the stack pointer upwards */
};

#endif
