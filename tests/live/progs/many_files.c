// SPDX-License-Identifier: Apache-2.0
// many_files DIRECTORY COUNT [GO DONE]: makes COUNT files with different names. With GO and DONE, first waits for the
// file GO, and makes the file DONE at the end.
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static void make(const char* path) {
  const int file = open(path, O_WRONLY | O_CREAT | O_EXCL, 0644);
  if (file < 0) {
    perror(path);
    exit(1);
  }
  close(file);
}

int main(int argc, char** argv) {
  if (argc < 3 || mkdir(argv[1], 0755) != 0) return 2;
  const long count = atol(argv[2]);
  while (argc > 3 && access(argv[3], F_OK) != 0) usleep(1000);
  for (long i = 0; i < count; i++) {
    char path[4096];
    // A thousand files per directory, as programs do.
    if (i % 1000 == 0) {
      snprintf(path, sizeof path, "%s/%ld", argv[1], i / 1000);
      if (mkdir(path, 0755) != 0) return 3;
    }
    snprintf(path, sizeof path, "%s/%ld/file-%ld", argv[1], i / 1000, i);
    make(path);
  }
  if (argc > 4) make(argv[4]);
  return 0;
}
