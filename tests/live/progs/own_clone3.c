// SPDX-License-Identifier: Apache-2.0
// own_clone3 [clear-handlers|namespace|as-library]: makes a child by clone3 itself, and does not go on when that fails:
// with no flags, with one that clone does not have, in a new namespace, or with the flags of glibc's posix_spawn(3).
#define _GNU_SOURCE
#include <errno.h>
#include <linux/sched.h>
#include <sched.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

// Not by syscall(3): with CLONE_VM the child would overwrite where that returns to.
static __attribute__((always_inline)) inline long clone3(struct clone_args* wanted) {
  long result;
  __asm__ volatile("syscall"
                   : "=a"(result)
                   : "0"(SYS_clone3), "D"(wanted), "S"(sizeof *wanted)
                   : "memory", "rcx", "r11");
  if (result == 0) __asm__ volatile("syscall" : : "a"(SYS_exit_group), "D"(0) : "memory", "rcx", "r11");
  return result;
}

int main(int argc, char** argv) {
  const char* way = argc == 2 ? argv[1] : "";
  struct clone_args wanted = {.exit_signal = SIGCHLD};
  if (!strcmp(way, "clear-handlers")) wanted.flags = CLONE_CLEAR_SIGHAND;
  if (!strcmp(way, "namespace")) wanted.flags = CLONE_NEWUTS;
  if (!strcmp(way, "as-library")) wanted.flags = CLONE_VM | CLONE_VFORK;
  long child = clone3(&wanted);
  if (child < 0 || waitpid((pid_t)child, NULL, 0) != child) {
    printf("clone3: %s\n", strerror(child < 0 ? (int)-child : errno));
    return 1;
  }
  puts("ok");
  return 0;
}
