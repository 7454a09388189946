// SPDX-License-Identifier: Apache-2.0
// denied_call NUMBER...: makes each system call with -1 for all arguments, and prints "NUMBER ok" or "NUMBER
// ERRNO-NAME". With these arguments, nearly every allowed call fails without effect, with another errno than the
// filter's. Not for calls that take no arguments and don't return (pause, vfork).
#define _GNU_SOURCE
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

int main(int argc, char** argv) {
  for (int i = 1; i < argc; i++) {
    errno = 0;
    long result = syscall(strtol(argv[i], NULL, 0), -1L, -1L, -1L, -1L, -1L, -1L);
    printf("%s %s\n", argv[i], result == -1 ? strerrorname_np(errno) : "ok");
    fflush(stdout);
  }
  return 0;
}
