/* SPDX-License-Identifier: Apache-2.0
 *
 * member CGROUP COMMAND...: does what an OCI runtime does last: enters the cgroup, loads a filter (which allows
 * everything) and executes COMMAND.
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <unistd.h>

int main(int argc, char** argv) {
  struct sock_filter allow = {.code = BPF_RET | BPF_K, .k = SECCOMP_RET_ALLOW};
  struct sock_fprog program = {.len = 1, .filter = &allow};
  char path[4096], self[16];

  if (argc < 3) return 2;
  snprintf(path, sizeof(path), "%s/cgroup.procs", argv[1]);
  snprintf(self, sizeof(self), "%d", getpid());
  int procs = open(path, O_WRONLY | O_CLOEXEC);
  if (procs < 0 || write(procs, self, strlen(self)) < 0) return perror(path), 1;
  if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) || prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program))
    return perror("seccomp"), 1;
  execvp(argv[2], argv + 2);
  return perror(argv[2]), 127;
}
