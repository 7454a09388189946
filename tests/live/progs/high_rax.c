// SPDX-License-Identifier: Apache-2.0
// high_rax: makes system calls with unusual values of rax. The kernel uses only the lower half, so 0xffffffff00000027
// runs getpid. 600 and -1 are in no table and give ENOSYS, but they do reach the kernel's entry.
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
