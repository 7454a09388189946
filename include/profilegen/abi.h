/* SPDX-License-Identifier: (BSD-2-Clause OR GPL-2.0-only)
 *
 * What the kernel part (bpf/) and the recorder (src/record) exchange. Plain C with fixed widths and explicit padding:
 * this is the only definition, both sides include it, and its sizes are asserted in src/record.
 */
#ifndef PROFILEGEN_ABI_H
#define PROFILEGEN_ABI_H

#ifndef __bpf__
#include <linux/types.h>
#endif

/* System call tables of one machine. On x86-64: native, i386 (TS_COMPAT), x32 (bit 30 of the number); on arm64: native,
 * arm. */
enum pg_abi { PG_NATIVE, PG_COMPAT, PG_X32, PG_ABIS };

/* Numbers below this have a mark of their own, others ("odd": -1, garbage, arm's private calls) in a hash map. */
#define PG_CALLS 1024
#define PG_FAMILIES 64     /* AF_MAX is 46 in Linux 6.18 */
#define PG_SOCKET_TYPES 16 /* SOCK_TYPE_MASK */

/* What became of sockets of one kind. */
enum pg_socket_use {
  PG_SOCKET_MADE,
  PG_SOCKET_LOOPBACK, /* bound to, connected to or sent to an address of the loopback device */
  PG_SOCKET_BEYOND,   /* the same with another IP address */
};
#define PG_SOCKET_USES 4 /* that there is room for */

enum pg_phase {
  PG_SETUP,   /* nothing counts */
  PG_RUNTIME, /* governed by the container's own filter, entrypoint not executed yet */
  PG_APP,
};

/* Which set of calls a thread adds to. */
enum pg_set { PG_SET_APP, PG_SET_RUNTIME_RUN, PG_SET_RUNTIME_EXEC, PG_SETS };

/* Where a thread is: a sys_exit without a sys_enter is the return of a call that a filter denied. */
enum pg_place {
  PG_PLACE_UNKNOWN, /* it was taken in while it ran */
  PG_IN_CALL,
  PG_IN_PLAIN_CALL, /* one whose return says nothing more: see PG_CALL_PLAIN */
  PG_OUTSIDE,
};

struct pg_call_state {
  __u32 call;     /* the one the thread is in, or was last: pg_abi * PG_CALLS + number */
  __u8 place;     /* pg_place */
  __u8 tentative; /* the call that it is in has sent events which are not settled */
  __u8 pad[2];
};

/* A capability check that is under way, for the probe at its end. */
struct pg_check_arguments {
  __u64 cred; /* 0 when there is none */
  __u64 target_ns;
  __s32 capability;
  __u32 options;
};

/* Membership of a thread. */
struct pg_task {
  __u64 cgroup;            /* id of the cgroup it entered; 0 in a process tree */
  __u64 base_filter;       /* task->seccomp.filter at entry: the engine may run under a filter of its own */
  __u64 base_mnt_ns;       /* its mount namespace at entry: the engine's */
  __s32 recording;         /* index in `recordings`, -1 while undecided */
  __u8 phase;              /* pg_phase */
  __u8 set;                /* pg_set */
  __u8 needs_setpcap;      /* what the function of commoncap.c that it is in does */
  __u8 program;            /* number of the one it executes, see pg_program_key; 0 while that is not known */
  struct pg_call_state at; /* of a thread that has no entry in `stacks` (bpf/stacks.h) */
  struct pg_check_arguments check;
};

/* A thread that was taken in while it ran, as the list of running threads tells it. */
struct pg_taken {
  __u32 recording;
  __u32 pid;
  __u32 tid;
  __u32 compat; /* it is in a call of the i386 table (on arm64: arm's), which its number alone does not tell */
};

enum pg_call_mark {
  PG_CALL_NEW,
  PG_CALL_SEEN,    /* and its arguments are looked at each time */
  PG_CALL_SETTLED, /* nothing more is to be learnt when it begins: no arguments are recorded, or it had too many values
                    */
  PG_CALL_PLAIN,   /* nor when it returns: no file is named by it */
};

/* A mark's byte: pg_call_mark, and in the other bits the number of the program that makes the call, if it is one alone.
 */
#define PG_MARK_BITS 2
#define PG_MARK(byte) ((byte) & ((1 << PG_MARK_BITS) - 1))
#define PG_MARK_PROGRAM(byte) ((byte) >> PG_MARK_BITS)
#define PG_SEVERAL 63 /* programs; also for those that there is no number left for */

/* Programs of a recording, by what execve(2) makes of their names. */
struct pg_program_key {
  __u32 recording;
  char name[16];
};

enum pg_peak {
#define PEAK(id, name, unit, meaning) PG_PEAK_##id,
#include "profilegen/peaks.def"
#undef PEAK
  PG_PEAKS
};

/* What is known of one container start, or of the process tree. */
struct pg_recording {
  __u64 user_ns; /* of the entrypoint */
  __u64 mnt_ns;
  __u32 live;    /* threads that belong to it */
  __u32 ignored; /* set by user space: not a container that was asked for */
  __u64 peaks[PG_PEAKS];
  __u32 programs; /* that have a number, at least so many */
  __u32 pad;
  /*
   * PG_MARK(). Bytes and not bits: two CPUs that mark at once lose nothing, without an atomic operation. Of two
   * programs that are first at once one may be taken for the only one until the other makes the call again.
   */
  __u8 calls[PG_SETS][PG_ABIS][PG_CALLS];
  __u8 sockets[PG_FAMILIES][PG_SOCKET_TYPES][PG_SOCKET_USES]; /* by pg_socket_use */
};

struct pg_first {
  __u64 ns; /* bpf_ktime_get_ns() */
  __u32 pid;
  __u32 tid;
  char program[16];
};

/* Calls with numbers beyond those. */
struct pg_odd_key {
  __u32 recording;
  __u32 number;
  __u8 set;
  __u8 abi;
  __u8 pad[2];
};

/* Values of a call's recorded arguments, or with `summary` the call as a whole. */
#define PG_ARGUMENTS 3
struct pg_argument_key {
  __u32 recording;
  __u16 number;
  __u8 abi;
  __u8 set;
  __u32 values[PG_ARGUMENTS];
  __u32 summary;
} __attribute__((aligned(8)));
struct pg_argument_fact {
  struct pg_first first;
  __u32 count; /* summary: how many tuples of values are stored; may be short by those that two CPUs stored at once */
  __u32 any;   /* summary: there were more than are stored */
};

/*
 * Calls that returned and were not seen to begin: an outer filter denied them, with `errnum`. Or with 0: the kernel
 * skipped our program at the beginning, which it does while another thread was interrupted in it on the same CPU (seen
 * on Linux 7.2), or a filter says that it was done.
 */
struct pg_denied_key {
  __u32 recording;
  __u32 number;
  __u32 errnum;
  __u32 abi;
};

#define PG_FRAMES 10
enum pg_check { PG_CHECK_OWN, PG_CHECK_OVERRIDDEN, PG_CHECK_FOREIGN, PG_CHECK_DENIED, PG_CHECK_UNAUDITED };

/* A call site of capability checks. */
struct pg_site_key {
  __u32 recording;
  __u32 number; /* system call, 0xffffffff outside of any */
  __u8 abi;
  __u8 capability;
  __u8 check; /* pg_check */
  __u8 pad[5];
  __u64 frames[PG_FRAMES]; /* innermost first, 0 beyond the end */
};

struct pg_site {
  struct pg_first first;
  __u64 count;
};

/* A kernel function and an address in it: what `name_function` of the kernel part is run with. */
struct pg_function {
  __u64 address;
  char name[64]; /* filled in, with the module's behind a blank; "0x…" when there is no function */
};

/* Where a system call names a file. */
enum pg_target_kind {
  PG_TARGET_NONE,
  PG_TARGET_OPEN, /* the descriptor it returned; `flags` is the argument with O_*. Its name tells what was refused */
  PG_TARGET_OPEN_HOW, /* the same, `flags` points to struct open_how */
  PG_TARGET_FD,       /* descriptor in argument `dir` */
  PG_TARGET_PATH,     /* string in argument `path`, relative to the descriptor in `dir` */
  PG_TARGET_SOCKADDR, /* struct sockaddr in argument `path`, its length in `flags`, of the socket in `dir` */
  PG_TARGET_PEER,     /* the same, and no file is looked at */
  PG_TARGET_MESSAGE,  /* likewise with a struct msghdr in `path` */
  PG_TARGET_GROWN,    /* descriptor in argument `dir`, whose file may be larger now */
  PG_TARGET_MAP,      /* mmap: descriptor in `dir`, protection in `path`, flags in `flags` */
  PG_TARGET_FCNTL,    /* descriptor in `dir`, command in `path` */
  PG_TARGET_IOCTL,    /* likewise */
  PG_TARGET_SOCKET,   /* no file: family in `dir`, type in `path` */
  PG_TARGET_MOUNTS,   /* no file: the thread's mount namespace may be another one, or with `follow` have other mounts */
};
#define PG_NO_ARGUMENT (-1) /* `dir`: the working directory; `flags`: none */

struct pg_target {
  __u8 kind;
  __u8 op; /* number in file_ops.def */
  __s8 dir;
  __s8 path;
  __s8 flags;
  __u8 follow; /* a symbolic link in the last place is followed, unless AT_SYMLINK_NOFOLLOW says else */
  __u8 pad[2];
};

/* How calls are judged that are not plain. */
enum pg_call_trait {
  PG_TRAIT_OVERCOMMIT = 1, /* asks for CAP_SYS_ADMIN only as a hint for memory overcommit */
  PG_TRAIT_ACCESS = 2,     /* checks with credentials of its own making, which are the caller's real ones */
  PG_TRAIT_CLONE = 4,      /* argument 0 holds CLONE_*: not plain overcommit when it makes a namespace */
  PG_TRAIT_SUBMITS = 8,    /* does what others asked for: the files it changes are none of its arguments */
  PG_TRAIT_MODE_1 = 16, /* argument 1 is a file mode; asks for CAP_FSETID whether or not it has the set-group-ID bit */
  PG_TRAIT_MODE_2 = 32, /* the same with argument 2 */
  PG_TRAIT_SET_ID = 64, /* sets ids to argument 0; asks for a capability also where they are that already */
  PG_TRAIT_SET_THREE_IDS = 128, /* the same with arguments 0 to 2, up to Linux 6.0 */
  PG_TRAIT_CAPSET = 256,        /* asks for CAP_SETPCAP whatever the sets are that argument 1 points to */
};

/* An argument that is recorded, see argument_calls.def. */
struct pg_argument {
  __u32 index;
  __u32 mask; /* 0: none */
};

struct pg_call_info {
  struct pg_target targets[2];
  __u64 traits;
  struct pg_argument arguments[PG_ARGUMENTS];
};

enum pg_file_op {
#define FILE_OP(id, name, writes, apparmor) PG_OP_##id,
#include "profilegen/file_ops.def"
#undef FILE_OP
  PG_OPS
};

enum pg_loss {
#define LOSS(id, name, meaning) PG_LOSS_##id,
#include "profilegen/loss.def"
#undef LOSS
  PG_LOSSES
};

enum pg_event_type {
  PG_EVENT_SET_UP,
  PG_EVENT_BEGIN,
  PG_EVENT_END,
  PG_EVENT_CALL,
  PG_EVENT_SOCKET,
  PG_EVENT_FILE,
  PG_EVENT_ROOT,
  PG_EVENT_STACK,   /* where a program stood when something was denied */
  PG_EVENT_SETTLED, /* what becomes of a thread's tentative events */
  PG_EVENT_SIZE,    /* a pg_file_event: the file has 1 << `ops` bytes or fewer, and had never more */
  PG_EVENT_MOUNTS,  /* a pg_file_event without paths: mount namespace `mnt_ns` is new or has other mounts */
};

/* A container is set up (`first` is of a process in its cgroup), begins (first governed call) or has no thread left. */
struct pg_notice {
  __u8 type;
  __u8 unconfined; /* no filter of its own */
  __u8 pad[2];
  __u32 recording;
  __u64 cgroup;
  struct pg_first first;
  char cgroup_name[128];
};

/* The first use of a call or of a kind of socket: evidence for people; the set itself is in `recordings`. */
struct pg_call_event {
  __u8 type;
  __u8 set;
  __u8 abi;
  __u8 pad;
  __u32 recording;
  __u32 number; /* call, or pg_socket_use << 16 | family << 8 | type */
  __u32 pad2;
  struct pg_first first;
};

enum pg_file_flag {
  PG_FILE_DIRECTORY = 1,
  PG_FILE_FOLLOW = 2,   /* `tail` may end in a symbolic link that was followed */
  PG_FILE_FOREIGN = 4,  /* `base` is relative to the file system's own root: not the container's mount namespace */
  PG_FILE_TAIL = 8,     /* `tail` is a path as the program gave it, relative to `base` */
  PG_FILE_UNNAMED = 16, /* open(2) made it with O_TMPFILE: the last part of `base` is the kernel's, "#" and a number */
  PG_FILE_REFUSED = 64, /* not done: the call failed with EROFS, or with ENOSPC, and then `ops` is to allocate */
  PG_FILE_TENTATIVE = 32, /* about to be done: it counts once a PG_EVENT_SETTLED of the thread says so */
};

struct pg_settled_event {
  __u8 type;
  __u8 done; /* 0: the call failed, and nothing came of them */
  __u8 pad[2];
  __u32 recording;
  __u32 tid;
};

/* Followed by `base` (tail_at bytes, no terminator) and `tail` (the rest, no terminator). */
struct pg_file_event {
  __u8 type;
  __u8 flags; /* pg_file_flag */
  __u16 base_length;
  __u32 recording;
  struct pg_first first;
  __u64 root;   /* names the chroot(2) it was done in (a PG_EVENT_ROOT came before), 0 for the namespace's root */
  __u32 ops;    /* bit mask of pg_file_op */
  __u32 dev;    /* s_dev as in the kernel: major << 20 | minor */
  __u32 mnt_ns; /* inode number of the mount namespace that `base` is a path in; 0 for the container's own */
  /* What tells its mounts from earlier and later ones: how many, and the root's id (as in proc_pid_mountinfo(5)). */
  __u32 mounts;
  __u32 root_mount;
  __u32 mount; /* id of the mount that `base` lies on */
};
#define PG_PATH_MAX 4096

#define PG_STACK_REGISTERS 33
#define PG_STACK_BYTES 16384
#define PG_STACK_PIECE 512 /* read at once; what lies in the last part of one at the stack's end is not there */
struct pg_stack_event {
  __u8 type;
  __u8 pad[3];
  __u32 recording;
  struct pg_first first;
  __u64 registers[PG_STACK_REGISTERS]; /* by their numbers in DWARF: the processor's ABI supplement */
  __u64 stack_pointer;
  __u64 program_counter;
  __u64 arguments[6]; /* of the system call it was in */
  __u32 size;         /* of `stack` */
  __u32 pad2;
  __u8 stack[PG_STACK_BYTES]; /* from the stack pointer on */
};

#endif
