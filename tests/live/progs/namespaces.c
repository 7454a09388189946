// SPDX-License-Identifier: Apache-2.0
// namespaces FLAGS...: for each number in C notation, makes a child by clone(2) with these flags, and prints the
// result.
#define _GNU_SOURCE
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

int main(int count, char** words) {
  for (int at = 1; at < count; ++at) {
    const long child = syscall(SYS_clone, strtoul(words[at], NULL, 0) | SIGCHLD, 0, 0, 0, 0);
    if (child == 0) _exit(0);
    if (child > 0) waitpid((pid_t)child, NULL, 0);
    printf("%s %s\n", words[at], child > 0 ? "ok" : strerrorname_np(errno));
  }
  return 0;
}
