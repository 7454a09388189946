// SPDX-License-Identifier: Apache-2.0
// spawn_many COUNT [AT-ONCE]: starts COUNT short processes, AT-ONCE (1) at a time. The last one calls
// sched_getscheduler, which a recorder misses if it has lost track of the process tree.
#define _GNU_SOURCE
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

static int reap(void) {
  int status;
  return wait(&status) > 0 && status == 0 ? 0 : 1;
}

int main(int argc, char** argv) {
  int count = argc > 1 ? atoi(argv[1]) : 100, at_once = argc > 2 ? atoi(argv[2]) : 1;
  int running = 0, failed = 0;
  for (int i = 1; i <= count; i++) {
    pid_t child = fork();
    if (child == 0) _exit(i == count && sched_getscheduler(0) < 0);
    failed += child < 0;
    running += child > 0;
    while (running >= at_once) {
      failed += reap();
      running--;
    }
  }
  while (running-- > 0) failed += reap();
  printf("%d processes, %d failed\n", count, failed);
  return failed != 0;
}
