// SPDX-License-Identifier: Apache-2.0
// double_fork: becomes a daemon (fork, setsid, fork; the parents end), which then calls sched_get_priority_max. The
// first process waits for the daemon's end through a pipe, without being its parent.
#define _GNU_SOURCE
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

static void daemon_body(int report) {
  usleep(50000);  // the parents have ended by now
  char result = sched_get_priority_max(SCHED_FIFO) > 0 ? 'y' : 'n';
  _exit(write(report, &result, 1) == 1 ? 0 : 1);
}

static void detach(int report) {
  if (setsid() < 0) _exit(1);
  pid_t daemon = fork();
  if (daemon == 0) daemon_body(report);
  _exit(daemon < 0);
}

int main(void) {
  int ends[2];
  if (pipe(ends) != 0) return 1;
  pid_t child = fork();
  if (child == 0) detach(ends[1]);
  close(ends[1]);
  char result = 'n';
  if (waitpid(child, NULL, 0) != child || read(ends[0], &result, 1) != 1 || result != 'y') {
    puts("the daemon did not report");
    return 1;
  }
  puts("ok");
  return 0;
}
