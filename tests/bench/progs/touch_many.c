/* SPDX-License-Identifier: Apache-2.0
 *
 * touch_many DIRECTORY COUNT: creates COUNT files, 1000 per directory. Prints nanoseconds per file.
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

static double now_ns(void) {
  struct timespec now;

  clock_gettime(CLOCK_MONOTONIC, &now);
  return (double)now.tv_sec * 1e9 + (double)now.tv_nsec;
}

int main(int argc, char** argv) {
  if (argc != 3) return 2;
  long count = atol(argv[2]);
  double begin = now_ns();
  for (long i = 0; i < count; i++) {
    char path[4096];
    int length = snprintf(path, sizeof(path), "%s/%ld", argv[1], i / 1000);
    if (i % 1000 == 0 && mkdir(path, 0755)) return 1;
    snprintf(path + length, sizeof(path) - (size_t)length, "/%ld", i);
    int file = open(path, O_CREAT | O_WRONLY | O_EXCL, 0644);
    if (file < 0 || close(file)) return 1;
  }
  printf("ns %.2f\n", (now_ns() - begin) / (double)count);
  return 0;
}
