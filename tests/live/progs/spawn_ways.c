// SPDX-License-Identifier: Apache-2.0
// spawn_ways WAY: starts itself as "child", which calls sched_get_priority_min. WAY is
//   spawn   posix_spawn
//   thread  execve from a thread, which takes over the process id
//   die     a child that continues after its parent has died of SIGSEGV
#define _GNU_SOURCE
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

static char* child_words[] = {"spawn_ways", "child", NULL};
static char* no_variables[] = {NULL};

static void* execute(void* unused) {
  (void)unused;
  execve("/proc/self/exe", child_words, no_variables);
  _exit(3);
}

static int reap(pid_t pid) {
  int status;
  return waitpid(pid, &status, 0) > 0 && status == 0 ? 0 : 4;
}

static int spawn(void) {
  pid_t pid;
  return posix_spawn(&pid, "/proc/self/exe", NULL, NULL, child_words, no_variables) == 0 ? reap(pid) : 5;
}

static int from_thread(void) {
  pthread_t thread;
  if (pthread_create(&thread, NULL, execute, NULL) != 0) return 6;
  for (;;) pause();
}

static int orphan(void) {
  struct rlimit none = {0, 0};
  setrlimit(RLIMIT_CORE, &none);
  prctl(PR_SET_CHILD_SUBREAPER, 1);
  pid_t parent = fork();
  if (parent == 0) {
    if (fork() == 0) {
      kill(getppid(), SIGSEGV);
      usleep(20000);
      execute(NULL);
    }
    for (;;) pause();
  }
  int status;
  if (waitpid(parent, &status, 0) != parent || !WIFSIGNALED(status)) return 7;
  return reap(-1);
}

int main(int argc, char** argv) {
  const char* way = argc > 1 ? argv[1] : "";
  if (strcmp(way, "child") == 0) return sched_get_priority_min(SCHED_FIFO) < 0;
  if (strcmp(way, "spawn") == 0) return spawn();
  if (strcmp(way, "thread") == 0) return from_thread();
  if (strcmp(way, "die") == 0) return orphan();
  return 2;
}
