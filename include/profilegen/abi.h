/* SPDX-License-Identifier: (BSD-2-Clause OR GPL-2.0-only)
 *
 * What the kernel part (bpf/) and the recorder (src/record) exchange. Plain C with fixed widths and explicit padding.
 * This is the only definition: both sides include it, and src/record asserts the sizes. abi_events.h has the events.
 */
#ifndef PROFILEGEN_ABI_H
#define PROFILEGEN_ABI_H

#ifndef __bpf__
#include <linux/types.h>
#endif

#include "profilegen/abi_calls.h"

/* The system call tables of one machine. On x86-64: native, i386 (TS_COMPAT), x32 (bit 30 of the number); on arm64:
 * native, arm. */
enum pg_abi { PG_NATIVE, PG_COMPAT, PG_X32, PG_ABIS };

/* Each call number below this has a mark of its own. Other ("odd") numbers, such as -1, garbage and arm's private
 * calls, go into a hash map. */
#define PG_CALLS 1024
#define PG_FAMILIES 64     /* AF_MAX is 46 in Linux 6.18 */
#define PG_SOCKET_TYPES 16 /* the values of SOCK_TYPE_MASK */

/* What the recorded programs did with sockets of one kind. */
enum pg_socket_use {
  PG_SOCKET_MADE,
  PG_SOCKET_LOOPBACK, /* bound to, connected to or sent to an address of the loopback device */
  PG_SOCKET_BEYOND,   /* the same with any other IP address */
};
#define PG_SOCKET_USES 4 /* room for one more */

enum pg_phase {
  PG_SETUP,   /* nothing is recorded */
  PG_RUNTIME, /* governed by the container's own filter, before the entrypoint's execve */
  PG_APP,
};

/* The set of calls that a thread adds to. */
enum pg_set { PG_SET_APP, PG_SET_RUNTIME_RUN, PG_SET_RUNTIME_EXEC, PG_SETS };

/* Where a thread is. A sys_exit without a sys_enter is the return of a call that a filter denied. */
enum pg_place {
  PG_PLACE_UNKNOWN, /* the thread already ran when it was taken into its run */
  PG_IN_CALL,
  PG_IN_PLAIN_CALL, /* its return tells nothing more: see PG_CALL_PLAIN */
  PG_OUTSIDE,
};

struct pg_call_state {
  __u32 call;   /* the current call or, outside of any, the last one: pg_abi * PG_CALLS + number */
  __u8 place;   /* pg_place */
  __u8 pending; /* pg_pending */
  __u8 pad[2];
};

/* What the return of the current call must still tell, whatever it returns. */
enum pg_pending {
  PG_PENDING_EVENTS = 1,  /* events were sent that are not settled yet */
  PG_PENDING_OBJECTS = 2, /* what the call's capability checks were about */
};

/* A capability check in progress: the probe at its beginning leaves this for the probe at its end. */
struct pg_check_arguments {
  __u64 cred; /* 0: no check in progress */
  __u64 target_ns;
  __s32 capability;
  __u32 options;
};

/* The capability checks of the current call whose objects its return tells: the first at each place. */
#define PG_CHECKED 8
#define PG_OBJECT_CHECKS 32 /* of each call site so many checks are told */
struct pg_checked_site {
  __u64 site; /* pg_site.id */
  __u32 capability;
  __u32 pad;
};
struct pg_checked {
  struct pg_checked_site sites[PG_CHECKED];
  __u32 count;
  __u32 user; /* whose rights were checked: fsuid and fsgid, outside of all user namespaces */
  __u32 group;
  __u32 pad;
};

/* What is kept for each recorded thread. */
struct pg_task {
  __u64 cgroup;            /* id of the cgroup it entered; 0 in a process tree */
  __u64 base_filter;       /* task->seccomp.filter at entry: the engine may itself run under a filter */
  __u64 base_mnt_ns;       /* inode number of its mount namespace at entry, which is the engine's */
  __s32 run;               /* index in `runs`; -1 while undecided */
  __u8 phase;              /* pg_phase */
  __u8 set;                /* pg_set */
  __u8 needs_setpcap;      /* set while the thread is in cap_capset() or cap_task_prctl(): this use needs CAP_SETPCAP */
  __u8 program;            /* number of the program it executes, see pg_program_key; 0: not known yet */
  struct pg_call_state at; /* unless the thread has an entry in `stacks` (bpf/stacks.h) */
  struct pg_check_arguments check;
  /* In the state of a process's leader: the sets that capget(2) last told the program; 0 when it has not asked. */
  __u64 read_permitted;
  __u64 read_inheritable;
};

/* A thread that already ran when it was taken in, as the iterator over running threads reports it. */
struct pg_taken {
  __u32 run;
  __u32 pid;
  __u32 tid;
  __u32 compat; /* it is in a call of the i386 table (on arm64: arm's), which its number alone does not tell */
};

enum pg_call_mark {
  PG_CALL_NEW,
  PG_CALL_SEEN,    /* seen before, and its arguments are still looked at each time */
  PG_CALL_SETTLED, /* its beginning tells nothing more: no arguments are recorded for it, or it had too many values */
  PG_CALL_PLAIN,   /* its return tells nothing more either: it names no file */
};

/* A mark is one byte: pg_call_mark in the low bits, above it the number of the only program that makes the call. */
#define PG_MARK_BITS 2
#define PG_MARK(byte) ((byte) & ((1 << PG_MARK_BITS) - 1))
#define PG_MARK_PROGRAM(byte) ((byte) >> PG_MARK_BITS)
#define PG_SEVERAL 63 /* instead of a program's number: several programs make the call, or no number was left */

/* The programs of a run, by the name that execve(2) gives to their threads (comm). */
struct pg_program_key {
  __u32 run;
  char name[16];
};

enum pg_peak {
#define PEAK(id, name, unit, meaning) PG_PEAK_##id,
#include "profilegen/peaks.def"
#undef PEAK
  PG_PEAKS
};

/* How a container's first program was confined when it was executed. */
struct pg_confinement {
  __u64 bounding; /* sets of capabilities */
  __u64 permitted;
  __u32 filters; /* seccomp filters, without those that the engine itself runs under */
  __u8 no_new_privileges;
  __u8 read_only_root; /* the mount that is its root directory */
  __u8 noted;          /* 0: nothing is known of all this */
  __u8 pad;
};

/* A run: one start of a container, or the process tree, while it is recorded. */
struct pg_run {
  __u64 user_ns; /* of the entrypoint */
  __u64 mnt_ns;
  __u32 live;    /* number of threads that belong to it */
  __u32 ignored; /* set by user space when this is not a container that was asked for */
  __u64 peaks[PG_PEAKS];
  struct pg_confinement confinement;
  __u32 programs;      /* how many programs have a number, at least */
  __u32 first_process; /* the first process that became the application's */
  __u32 killed;        /* a signal ended that process */
  __u32 pad;
  /* See PG_MARK(). Bytes, not bits: two CPUs that set marks at the same time lose nothing, without an atomic
   * operation. When two programs make a call for the first time at once, one of them may be taken for the only one
   * until the other makes the call again. */
  __u8 calls[PG_SETS][PG_ABIS][PG_CALLS];
  __u8 sockets[PG_FAMILIES][PG_SOCKET_TYPES][PG_SOCKET_USES]; /* by pg_socket_use */
};

struct pg_first {
  __u64 ns; /* bpf_ktime_get_ns() */
  __u32 pid;
  __u32 tid;
  char program[16];
};

/* Calls with a number of PG_CALLS or above. */
struct pg_odd_key {
  __u32 run;
  __u32 number;
  __u8 set;
  __u8 abi;
  __u8 pad[2];
};

/* The values of a call's recorded arguments or, with `summary` set, the call as a whole. */
struct pg_argument_key {
  __u32 run;
  __u16 number;
  __u8 abi;
  __u8 set;
  __u32 values[PG_ARGUMENTS];
  __u32 summary;
} __attribute__((aligned(8)));
struct pg_argument_fact {
  struct pg_first first;
  __u32 count; /* summary: how many tuples of values are stored; too low when two CPUs stored at the same time */
  __u32 any;   /* summary: there were more tuples than are stored */
};

enum pg_behaviour {
#define BEHAVIOUR(id, ...) PG_BEHAVIOUR_##id,
#include "profilegen/behaviours.def"
#undef BEHAVIOUR
};

struct pg_behaviour_key {
  __u32 run;
  __u32 number; /* of the call in which it was seen */
  __u32 abi;
  __u32 behaviour; /* pg_behaviour */
};

/* Which ports of one page of numbers sockets were bound to. Bytes for the same reason as in pg_run. */
#define PG_PORT_BITS 8
#define PG_PORTS (1 << PG_PORT_BITS)
struct pg_ports_key {
  __u32 run;
  __u16 page; /* port >> PG_PORT_BITS */
  __u8 family;
  __u8 type;
};
struct pg_ports {
  __u8 bound[PG_PORTS];
};

/* Calls whose return was seen, but not their beginning. With an `errnum`: an outer filter denied the call. With 0: a
 * filter answered that the call had succeeded, or the kernel skipped our program at the beginning, which it does
 * while another thread on the same CPU is interrupted inside the program (seen on Linux 7.2). */
struct pg_denied_key {
  __u32 run;
  __u32 number;
  __u32 errnum;
  __u32 abi;
};

/* With which of its recorded arguments (argument_calls.def) such a call was denied. */
struct pg_denied_arguments_key {
  struct pg_denied_key call;
  __u32 values[PG_ARGUMENTS];
};
#define PG_DENIED_ARGUMENTS 1024 /* a full map holds an unknown part of them, which is no loss: see refusals.h */

#define PG_FRAMES 10
enum pg_check {
  PG_CHECK_OWN,
  PG_CHECK_OVERRIDDEN,
  PG_CHECK_FOREIGN,
  PG_CHECK_DENIED,
  PG_CHECK_UNAUDITED,
  PG_CHECK_KEPT,     /* no check: the capability is in a set that the program asked for, and got */
  PG_CHECK_LACKED,   /* no check: such a set was refused, because the program does not have the capability */
  PG_CHECK_GIVEN_UP, /* denied, and would be if the container had the capability: only told with `watch_refusals` */
};

/* A call site of capability checks, or a call that asked for a set: then without frames. */
struct pg_site_key {
  __u32 run;
  __u32 number; /* of the system call; 0xffffffff outside of any */
  __u8 abi;
  __u8 capability;
  __u8 check; /* pg_check */
  __u8 pad[5];
  __u64 frames[PG_FRAMES]; /* innermost first, 0 beyond the outermost */
};

struct pg_site {
  struct pg_first first;
  __u64 count;
  __u64 id;   /* made from `first`, which no two sites share */
  __u32 told; /* how many checks were told, at most PG_OBJECT_CHECKS */
  __u32 pad;
};

/* The argument of the kernel part's `name_function`: which kernel function contains this address? */
struct pg_function {
  __u64 address;
  char name[64]; /* filled in: the function, then a blank and its module, if any; "0x…" when there is no function */
};

enum pg_loss {
#define LOSS(id, name, meaning) PG_LOSS_##id,
#include "profilegen/loss.def"
#undef LOSS
  PG_LOSSES
};

#endif
