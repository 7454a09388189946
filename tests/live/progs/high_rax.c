// SPDX-License-Identifier: Apache-2.0
// high_rax: system calls whose rax is no plain number. The kernel looks only at the lower half, so 0xffffffff00000027
// runs getpid; 600 and -1 are in no table and answer ENOSYS, but do arrive.
#define _GNU_SOURCE
#include <errno.h>
#include <stdio.h>
#include <sys/syscall.h>
#include <unistd.h>

static long raw(unsigned long rax) {
  long result = (long)rax;
  __asm__ volatile("syscall" : "+a"(result) : : "rcx", "r11", "memory");
  return result;
}

int main(void) {
  int failed = raw(0xffffffff00000000UL | SYS_getpid) != getpid() || raw(600) != -ENOSYS || raw(-1UL) != -ENOSYS;
  puts(failed ? "unexpected answer" : "ok");
  return failed;
}
