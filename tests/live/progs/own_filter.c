// SPDX-License-Identifier: Apache-2.0
// own_filter: loads a filter as a sandbox does, and makes the calls that it denies: sched_getscheduler always fails
// with EXDEV; sched_get_priority_max fails with ENOTTY for one argument and works for others. Prints "ok" if that is
// so.
#define _GNU_SOURCE
#include <errno.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <stddef.h>
#include <stdio.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

enum { kRefused = 77 };  // the refused argument

static int confine(void) {
  struct sock_filter filter[] = {
      BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
      BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_sched_getscheduler, 0, 1),
      BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EXDEV),
      BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_sched_get_priority_max, 0, 3),
      BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, args[0])),
      BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, kRefused, 0, 1),
      BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | ENOTTY),
      BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
  };
  struct sock_fprog program = {sizeof(filter) / sizeof(filter[0]), filter};
  if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) return -1;
  return prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program);
}

static int fails_with(int expected, long result) { return result == -1 && errno == expected; }

int main(void) {
  if (confine() != 0) {
    perror("own_filter");
    return 1;
  }
  int as_meant = fails_with(EXDEV, sched_getscheduler(0)) && sched_get_priority_max(SCHED_FIFO) > 0 &&
                 fails_with(ENOTTY, sched_get_priority_max(kRefused));
  puts(as_meant ? "ok" : "unexpected answer");
  return !as_meant;
}
