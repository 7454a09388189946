/* SPDX-License-Identifier: (BSD-2-Clause OR GPL-2.0-only)
 *
 * The part of abi.h that says what is recorded of each system call: the table of calls.
 */
#ifndef PROFILEGEN_ABI_CALLS_H
#define PROFILEGEN_ABI_CALLS_H

#ifndef __bpf__
#include <linux/types.h>
#endif

#define PG_ARGUMENTS 3 /* the most arguments of a call that are recorded */

/* How a system call names a file. The letters `dir`, `path` and `flags` are the fields of pg_target. */
enum pg_target_kind {
  PG_TARGET_NONE,
  PG_TARGET_OPEN,     /* the descriptor that the call returned; `flags` is the argument with O_*. `path` names what was
                         refused */
  PG_TARGET_OPEN_HOW, /* the same, but `flags` points to struct open_how */
  PG_TARGET_FD,       /* the descriptor in argument `dir` */
  PG_TARGET_PATH,     /* the string in argument `path`, relative to the descriptor in `dir` */
  PG_TARGET_SOCKADDR, /* the struct sockaddr in argument `path` (its length in `flags`), for the socket in `dir` */
  PG_TARGET_PEER,     /* the same, but no file is looked at */
  PG_TARGET_MESSAGE,  /* as PG_TARGET_PEER, with a struct msghdr in `path` */
  PG_TARGET_GROWN,    /* the descriptor in argument `dir`, whose file may have grown */
  PG_TARGET_PROTECT,  /* mprotect: address in `dir`, protection in `path` */
  PG_TARGET_MAP,      /* mmap: descriptor in `dir`, protection in `path`, flags in `flags` */
  PG_TARGET_FCNTL,    /* descriptor in `dir`, command in `path` */
  PG_TARGET_IOCTL,    /* the same */
  PG_TARGET_SOCKET,   /* no file: family in `dir`, type in `path` */
  PG_TARGET_MOUNTS,   /* no file: the thread may now have another mount namespace or, with `follow`, other mounts */
  PG_TARGET_CALLS,    /* socketcall: number of the socket call in `dir`, its arguments behind `path` */
  PG_TARGET_EXEC,     /* as PG_TARGET_PATH, but only a refused one tells something: sched_process_exec has the others */
  PG_TARGET_ACCESS,   /* as PG_TARGET_PATH, but the call only asks for the permissions in `flags` (access(2)) */
  PG_TARGET_CAPGET,   /* no file: the program reads its capability sets into argument `path` */
  PG_TARGET_CAPSET,   /* no file: it asks for those in argument `path`, whose form is in argument `dir` */
  PG_TARGET_PRCTL,    /* no file: option in `dir`, its arguments in `path` and `flags` */
  /* From here on no files, but behaviours (behaviours.def): what the call asks for counts, whether it fails or not. */
  PG_TARGET_SLEEP,   /* restartable, unless argument `flags` has TIMER_ABSTIME */
  PG_TARGET_POLL,    /* restartable, if it waits: milliseconds in `path` */
  PG_TARGET_FUTEX,   /* restartable, if the operation in `path` waits for the time that `flags` points to */
  PG_TARGET_HANDLER, /* struct sigaction in `path` or, with `follow`, the handler itself */
  PG_TARGET_CLONE,   /* struct clone_args in `path`, its size in `flags` */
};
#define PG_NO_ARGUMENT (-1) /* in `dir`: the working directory; in `flags`: no flags */

struct pg_target {
  __u8 kind;
  __u8 op; /* pg_file_op */
  __s8 dir;
  __s8 path;
  __s8 flags;
  __u8 follow; /* follow a symbolic link in the last component, unless AT_SYMLINK_NOFOLLOW is given */
  __u8 pad[2];
};

/* How the calls are judged that are not plain. */
enum pg_call_trait {
  PG_TRAIT_OVERCOMMIT = 1, /* may check CAP_SYS_ADMIN only as a hint for memory overcommit */
  PG_TRAIT_ACCESS = 2,     /* checks with a copy of the caller's credentials, made from its real ids */
  PG_TRAIT_CLONE = 4,      /* argument 0 holds CLONE_*: with a new namespace the check for CAP_SYS_ADMIN counts */
  PG_TRAIT_SUBMITS = 8,    /* performs queued operations: the files that it changes are not among its arguments */
  PG_TRAIT_MODE_1 = 16,    /* argument 1 is a file mode; checks CAP_FSETID even if it lacks the set-group-ID bit */
  PG_TRAIT_MODE_2 = 32,    /* the same with argument 2 */
  PG_TRAIT_SET_ID = 64,    /* sets ids to argument 0; checks for a capability even when the ids are the same already */
  PG_TRAIT_SET_THREE_IDS = 128, /* the same with arguments 0 to 2, up to Linux 6.0 */
  PG_TRAIT_CAPSET = 256,        /* checks CAP_SETPCAP whatever capability sets argument 1 points to */
};

/* An argument that is recorded, see argument_calls.def. */
struct pg_argument {
  __u32 index;
  __u32 mask; /* 0: this entry is not used */
};

struct pg_call_info {
  struct pg_target targets[2];
  __u64 traits;
  struct pg_argument arguments[PG_ARGUMENTS];
  /* What capability checks in the call may be about, if `targets` don't tell: nothing else is recorded of this file. */
  struct pg_target asked;
  __u8 behind; /* 1 + the argument that points to something which tells more of that; 0: there is none */
  __u8 pad[7];
};

enum pg_file_op {
#define FILE_OP(id, ...) PG_OP_##id,
#include "profilegen/file_ops.def"
#undef FILE_OP
  PG_OPS
};

#endif
