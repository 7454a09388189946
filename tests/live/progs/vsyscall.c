// SPDX-License-Identifier: Apache-2.0
// vsyscall: asks for the time as C libraries did before 2012, through the vsyscall page, which no system call shows.
#include <stdio.h>
#include <time.h>

int main(void) {
  long (*const vsyscall_time)(long*) = (long (*)(long*))0xffffffffff600400UL;
  const long now = vsyscall_time(NULL);
  printf("%s\n", now > 0 ? "ok" : "refused");
  return now <= 0;
}
