// SPDX-License-Identifier: Apache-2.0
// int80: a 64-bit program that calls getpid through the 32-bit gate. Its number there, 20, is writev in the 64-bit
// table. The cs register does not tell them apart; only the thread's status does. With an
// argument it pauses through that gate, whose 29 is shmget's number in the 64-bit table.
#define _GNU_SOURCE
#include <stdio.h>
#include <unistd.h>

static long call_32(long number) {
  __asm__ volatile("int $0x80" : "+a"(number) : : "memory", "r8", "r9", "r10", "r11");
  return number;
}

int main(int argc, char** argv) {
  (void)argv;
  if (argc > 1) {
    printf("ready %d\n", getpid());
    fflush(stdout);
    return (int)call_32(29);
  }
  const long result = call_32(20);
  if (result != getpid()) {
    printf("getpid by int 0x80: %ld\n", result);
    return 1;
  }
  printf("ok\n");
  return 0;
}
