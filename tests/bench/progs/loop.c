/* SPDX-License-Identifier: Apache-2.0
 *
 * loop CALL COUNT [THREADS]: makes the same system call COUNT times in each of THREADS threads (default 1). Prints
 * nanoseconds per call of the slowest thread. Each thread counts the fastest of ten equal parts, so that other activity
 * on the machine does not matter.
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#define PARTS 10
#define MOST_THREADS 16

static void call_getppid(void) { syscall(SYS_getppid); }
static void call_fcntl(void) { syscall(SYS_fcntl, 0, F_GETFD); }
static void call_open(void) { close(open("/dev/null", O_RDONLY)); }
static void call_mmap(void) { munmap(mmap(NULL, 4096, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0), 4096); }

static const struct {
  const char* name;
  void (*call)(void);
} calls[] = {{"getppid", call_getppid}, {"fcntl", call_fcntl}, {"mmap", call_mmap}, {"open", call_open}};

static void (*call)(void);
static long count;
static pthread_barrier_t start;
static double slowest[MOST_THREADS];

static double now_ns(void) {
  struct timespec now;

  clock_gettime(CLOCK_MONOTONIC, &now);
  return (double)now.tv_sec * 1e9 + (double)now.tv_nsec;
}

static void* run(void* slot) {
  double* best = slot;

  *best = 1e18;
  pthread_barrier_wait(&start);
  for (int part = 0; part < PARTS; part++) {
    double begin = now_ns();
    for (long i = 0; i < count / PARTS; i++) call();
    double each = (now_ns() - begin) / (double)(count / PARTS);
    if (each < *best) *best = each;
  }
  return NULL;
}

int main(int argc, char** argv) {
  int threads = argc > 3 ? atoi(argv[3]) : 1;
  pthread_t others[MOST_THREADS];

  if (argc < 3 || threads < 1 || threads > MOST_THREADS || (count = atol(argv[2])) < PARTS) return 2;
  for (size_t i = 0; i < sizeof(calls) / sizeof(calls[0]); i++)
    if (strcmp(calls[i].name, argv[1]) == 0) call = calls[i].call;
  if (!call) return 2;
  pthread_barrier_init(&start, NULL, (unsigned)threads);
  for (int i = 1; i < threads; i++) pthread_create(&others[i], NULL, run, &slowest[i]);
  run(&slowest[0]);
  for (int i = 1; i < threads; i++) {
    pthread_join(others[i], NULL);
    if (slowest[i] > slowest[0]) slowest[0] = slowest[i];
  }
  printf("ns %.2f\n", slowest[0]);
  return 0;
}
