// SPDX-License-Identifier: Apache-2.0
// clone3_thread [COUNT]: starts threads one after another as glibc does since 2.34: with clone3, and with clone only
// after ENOSYS. Each thread makes sched_rr_get_interval, which nothing else here does.
#define _GNU_SOURCE
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

static void* body(void* unused) {
  struct timespec interval;
  syscall(SYS_sched_rr_get_interval, 0, &interval);
  return unused;
}

int main(int argc, char** argv) {
  int count = argc > 1 ? atoi(argv[1]) : 8;
  for (int i = 0; i < count; i++) {
    pthread_t thread;
    int error = pthread_create(&thread, NULL, body, NULL);
    if (error == 0) error = pthread_join(thread, NULL);
    if (error != 0) {
      printf("thread %d: %s\n", i, strerror(error));
      return 1;
    }
  }
  puts("ok");
  return 0;
}
