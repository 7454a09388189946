// SPDX-License-Identifier: Apache-2.0
// priority [yield]: sets its own name, asks for its priority, and yields if told to.
#define _GNU_SOURCE
#include <pthread.h>
#include <sched.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

static void* in_thread(void* unused) {
  prctl(PR_SET_NAME, "worker", 0, 0, 0);
  getpriority(PRIO_PROCESS, 0);
  return unused;
}

int main(int argc, char** argv) {
  pthread_t thread;

  (void)argv;
  prctl(PR_SET_NAME, "renamed", 0, 0, 0);
  getpriority(PRIO_PROCESS, 0);
  if (pthread_create(&thread, NULL, in_thread, NULL) || pthread_join(thread, NULL)) return 1;
  if (argc > 1) sched_yield();
  return 0;
}
