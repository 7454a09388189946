// SPDX-License-Identifier: Apache-2.0
// crowded DIRECTORY: eight threads make system calls without pause, and children each make the directory DIRECTORY/N
// and the file DIRECTORY/N/file. All run on one CPU, so that they interrupt each other everywhere.
#define _GNU_SOURCE
#include <fcntl.h>
#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

enum { THREADS = 8, CHILDREN = 300, AT_ONCE = 10 };

static atomic_int done;

static void* busy(void* unused) {
  while (!atomic_load(&done)) syscall(SYS_getppid);
  return unused;
}

static void child(const char* base, int number) {
  char name[4096];
  snprintf(name, sizeof(name), "%s/%d", base, number);
  if (mkdir(name, 0755) != 0) _exit(1);
  snprintf(name, sizeof(name), "%s/%d/file", base, number);
  _exit(open(name, O_CREAT | O_WRONLY | O_CLOEXEC, 0644) < 0);
}

int main(int count, char** words) {
  if (count != 2) return 2;
  cpu_set_t one;
  CPU_ZERO(&one);
  CPU_SET(0, &one);
  if (sched_setaffinity(0, sizeof(one), &one) != 0) return 2;
  pthread_t threads[THREADS];
  for (int i = 0; i < THREADS; i++)
    if (pthread_create(&threads[i], NULL, busy, NULL) != 0) return 2;
  int failed = 0, status = 0;
  for (int i = 0; i < CHILDREN; i++) {
    pid_t pid = fork();
    if (pid == 0) child(words[1], i);
    failed |= pid < 0;
    if (i >= AT_ONCE) failed |= wait(&status) < 0 || status != 0;
  }
  while (wait(&status) > 0) failed |= status != 0;
  atomic_store(&done, 1);
  for (int i = 0; i < THREADS; i++) pthread_join(threads[i], NULL);
  return failed;
}
