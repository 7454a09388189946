// SPDX-License-Identifier: Apache-2.0
// vsyscall: asks for the time through the vsyscall page, as C libraries did before 2012. This makes no system call.
#include <stdio.h>
#include <time.h>

int main(void) {
  long (*const vsyscall_time)(long*) = (long (*)(long*))0xffffffffff600400UL;
  const long now = vsyscall_time(NULL);
  printf("%s\n", now > 0 ? "ok" : "refused");
  return now <= 0;
}
