// SPDX-License-Identifier: Apache-2.0
// A process with two more threads, a child and a grandchild. Each repeats a call of its own; one thread is blocked in
// pause(2). personality(2) is called only before "ready PID" is printed.
#include <pthread.h>
#include <sched.h>
#include <stdio.h>
#include <sys/personality.h>
#include <unistd.h>

static void* blocked(void* nothing) {
  pause();
  return nothing;
}

static void* thread_at_work(void* nothing) {
  for (;; usleep(5000)) sched_getscheduler(0);
  return nothing;
}

static void processes_at_work(void) {
  if (fork() == 0)
    for (;; usleep(5000)) getsid(0);
  for (;; usleep(5000)) getpgid(0);
}

int main(void) {
  pthread_t threads[2];

  personality(0xffffffff);
  if (fork() == 0) processes_at_work();
  pthread_create(&threads[0], NULL, blocked, NULL);
  pthread_create(&threads[1], NULL, thread_at_work, NULL);
  usleep(50000);
  printf("ready %d\n", getpid());
  fflush(stdout);
  pthread_join(threads[1], NULL);
  return 0;
}
