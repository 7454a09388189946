// SPDX-License-Identifier: Apache-2.0
// every_call TABLE COUNT: makes all calls of a table (native, x32 or i386) below COUNT, each in a process of its own
// and with -1 for all arguments. No call does anything with these: no such descriptor, address, flag, process or magic
// exists. The exception is vhangup(2), which has no arguments and ends the session. Prints how many calls were made.
#define _GNU_SOURCE
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#define X32_BIT 0x40000000
#define VHANGUP_I386 111
#define PATIENCE_MS 300

static void call_i386(long number) {
  __asm__ volatile("push %%rbp\n mov $-1, %%rbp\n int $0x80\n pop %%rbp"
                   : "+a"(number)
                   : "b"(-1L), "c"(-1L), "d"(-1L), "S"(-1L), "D"(-1L)
                   : "memory", "r8", "r9", "r10", "r11");
}

static void call(const char* table, long number) {
  if (strcmp(table, "i386") == 0)
    call_i386(number);
  else
    syscall(strcmp(table, "x32") == 0 ? number | X32_BIT : number, -1L, -1L, -1L, -1L, -1L, -1L);
}

// Some calls wait forever with all signals blocked.
static void wait_for(pid_t child) {
  struct pollfd ended = {.fd = (int)syscall(SYS_pidfd_open, child, 0), .events = POLLIN};
  if (poll(&ended, 1, PATIENCE_MS) == 0) kill(child, SIGKILL);
  waitpid(child, NULL, 0);
  close(ended.fd);
}

static int make_call(const char* table, long number) {
  int ready[2];
  char byte = 0;
  if (pipe(ready) != 0) return -1;
  const pid_t child = fork();
  if (child < 0) return -1;
  if (child == 0) {
    if (write(ready[1], &byte, 1) != 1) _exit(1);
    close(ready[1]);
    call(table, number);
    _exit(0);
  }
  close(ready[1]);
  const ssize_t began = read(ready[0], &byte, 1);
  wait_for(child);
  close(ready[0]);
  return began == 1 ? 0 : -1;
}

int main(int argc, char** argv) {
  if (argc != 3) return 2;
  const long vhangup = strcmp(argv[1], "i386") == 0 ? VHANGUP_I386 : SYS_vhangup;
  const long count = atol(argv[2]);
  long made = 0;
  for (long number = 0; number < count; number++)
    if (number != vhangup && make_call(argv[1], number) == 0) made++;
  printf("%ld\n", made);
  return 0;
}
