// SPDX-License-Identifier: Apache-2.0
// keep WORD...: asks for a capability set with capset(2) and prints "kept", or ends with status 1. The words are done
// in turn: "read" begins with the set that capget(2) tells; "+N" and "-N" add and remove capability N; "inherit" asks
// for the same inheritable set; "ambient" also raises each of them with prctl(2) afterwards.
#include <linux/capability.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

static struct __user_cap_header_struct header = {_LINUX_CAPABILITY_VERSION_3, 0};
static struct __user_cap_data_struct data[2];

static uint64_t read_set(void) {
  if (syscall(SYS_capget, &header, data) != 0) exit(2);
  return (uint64_t)data[1].permitted << 32 | data[0].permitted;
}

static void raise_each(uint64_t set) {
  for (unsigned long number = 0; number < 41; ++number)
    if (set >> number & 1 && prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE, number, 0, 0) != 0) exit(1);
}

int main(int count, char** words) {
  uint64_t set = 0;
  int inherit = 0, ambient = 0;
  for (int i = 1; i < count; ++i) {
    if (strcmp(words[i], "read") == 0) set = read_set();
    if (words[i][0] == '+') set |= UINT64_C(1) << atoi(words[i] + 1);
    if (words[i][0] == '-') set &= ~(UINT64_C(1) << atoi(words[i] + 1));
    inherit |= strcmp(words[i], "inherit") == 0;
    ambient |= strcmp(words[i], "ambient") == 0;
  }
  for (int half = 0; half < 2; ++half) {
    data[half].effective = data[half].permitted = (uint32_t)(set >> 32 * half);
    if (inherit) data[half].inheritable = (uint32_t)(set >> 32 * half);
  }
  if (syscall(SYS_capset, &header, data) != 0) {
    fputs("refused\n", stderr);
    return 1;
  }
  if (ambient) raise_each(set);
  return puts("kept") < 0;
}
