// SPDX-License-Identifier: Apache-2.0
// int80: a 64-bit program that calls getpid through the 32-bit gate. Its number there, 20, is writev in the 64-bit
// table. The cs register does not tell them apart; only the thread's status does.
#define _GNU_SOURCE
#include <stdio.h>
#include <unistd.h>

int main(void) {
  long result = 20;
  __asm__ volatile("int $0x80" : "+a"(result) : : "memory", "r8", "r9", "r10", "r11");
  if (result != getpid()) {
    printf("getpid by int 0x80: %ld\n", result);
    return 1;
  }
  printf("ok\n");
  return 0;
}
