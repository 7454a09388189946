// SPDX-License-Identifier: Apache-2.0
// signal_exit SIGNAL-NUMBER: is killed by this signal, without a core file.
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <unistd.h>

int main(int argc, char** argv) {
  int number = argc == 2 ? atoi(argv[1]) : 0;
  struct rlimit none = {0, 0};
  sigset_t set;
  sigemptyset(&set);
  if (sigaddset(&set, number) != 0 || setrlimit(RLIMIT_CORE, &none) != 0) {
    fprintf(stderr, "usage: signal_exit SIGNAL-NUMBER\n");
    return 2;
  }
  // The signal may be ignored or blocked, since both are inherited from the parent.
  signal(number, SIG_DFL);
  sigprocmask(SIG_UNBLOCK, &set, NULL);
  kill(getpid(), number);
  return 1;
}
