// SPDX-License-Identifier: Apache-2.0
// vfork_exec: a vfork child executes this program again, which then calls sched_getparam.
#define _GNU_SOURCE
#include <sched.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

int main(int argc, char** argv) {
  if (argc > 1) {
    struct sched_param parameter;
    return sched_getparam(0, &parameter) == 0 ? 0 : 1;
  }
  pid_t child = vfork();
  if (child == 0) {
    execl("/proc/self/exe", argv[0], "child", (char*)NULL);
    _exit(127);
  }
  int status;
  if (child < 0 || waitpid(child, &status, 0) != child || status != 0) {
    perror("vfork");
    return 1;
  }
  puts("ok");
  return 0;
}
