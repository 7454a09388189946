// SPDX-License-Identifier: Apache-2.0
#include <stdio.h>

int main(void) {
  puts("compiled and run");
  return 0;
}
