// SPDX-License-Identifier: Apache-2.0
// own_cgroup DIRECTORY...: in each directory makes a cgroup and moves itself into it, as systemd-run and systemd in a
// container do. A child there calls sched_get_priority_min. Then leaves and removes the cgroups.
#define _GNU_SOURCE
#include <fcntl.h>
#include <sched.h>
#include <stdio.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static int move_to(const char* group) {
  char path[4096];
  snprintf(path, sizeof path, "%s/cgroup.procs", group);
  int fd = open(path, O_WRONLY | O_CLOEXEC);
  int failed = fd < 0 || write(fd, "0", 1) != 1;
  if (fd >= 0) close(fd);
  return failed;
}

int main(int argc, char** argv) {
  for (int i = 1; i < argc; i++) {
    char group[4000];
    snprintf(group, sizeof group, "%s/profilegen-%d", argv[i], getpid());
    if (mkdir(group, 0755) != 0 || move_to(group)) {
      perror(group);
      return 1;
    }
    pid_t child = fork();
    if (child == 0) _exit(sched_get_priority_min(SCHED_FIFO) < 0);
    int status = 1;
    if (child < 0 || waitpid(child, &status, 0) < 0 || status != 0) return 2;
    if (move_to(argv[i]) || rmdir(group) != 0) {
      perror(argv[i]);
      return 3;
    }
  }
  return 0;
}
