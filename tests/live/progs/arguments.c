// SPDX-License-Identifier: Apache-2.0
// arguments [many | threads | int80]: makes calls with known arguments. All calls are made by number, so that the C
// library makes none of these calls itself.
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <linux/bpf.h>
#include <linux/keyctl.h>
#include <netinet/in.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/personality.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

// The kernel ignores the upper half of the register if the argument is an int.
#define HIGH 0x500000000L

static void one_of_each(void) {
  const int fd = (int)syscall(SYS_socket, AF_INET | HIGH, SOCK_STREAM | SOCK_CLOEXEC, IPPROTO_TCP);
  syscall(SYS_socket, AF_UNIX, SOCK_DGRAM | SOCK_NONBLOCK, 0);
  syscall(SYS_socket, 46, SOCK_STREAM, 0);  // no such family: the call must fail under the profile, too
  int pair[2];
  syscall(SYS_socketpair, AF_UNIX, SOCK_SEQPACKET, 0, pair);
  const int on = 1;
  syscall(SYS_setsockopt, fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  syscall(SYS_unshare, CLONE_FILES);
  const int space = open("/proc/self/ns/uts", O_RDONLY);
  syscall(SYS_setns, space, CLONE_NEWUTS);
  char name[16];
  syscall(SYS_prctl, PR_GET_NAME, name, 0, 0, 0);
  syscall(SYS_prctl, 0x12345678, 0, 0, 0, 0);
  syscall(SYS_personality, 0xffffffff);
  int count = 0;
  syscall(SYS_ioctl, fd, FIONREAD, &count);
  syscall(SYS_fcntl, fd, F_GETFD);
  syscall(SYS_fcntl, fd, F_SETFD | HIGH, FD_CLOEXEC);
  syscall(SYS_fcntl, fd, F_SETFD, FD_CLOEXEC);
  union bpf_attr none;
  memset(&none, 0, sizeof none);
  syscall(SYS_bpf, BPF_OBJ_GET, &none, sizeof none);
  syscall(SYS_keyctl, KEYCTL_GET_KEYRING_ID, KEY_SPEC_PROCESS_KEYRING, 0);
  syscall(SYS_ptrace, PTRACE_CONT, 1, 0, 0);
  const long page = 4096;
  void* place = (void*)syscall(SYS_mmap, 0, page, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  syscall(SYS_mmap, 0, page, PROT_READ | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  syscall(SYS_mprotect, place, page, PROT_READ);
  syscall(SYS_madvise, place, page, MADV_DONTNEED);
  const long child = syscall(SYS_clone, CLONE_NEWIPC | SIGCHLD, 0, 0, 0, 0);
  if (child == 0) syscall(SYS_exit_group, 0);
  syscall(SYS_wait4, child, 0, 0, 0);
}

static void* options_from(void* begin) {
  for (long option = 0; option < 8; ++option) syscall(SYS_prctl, 1000 + (long)begin + option, 0, 0, 0, 0);
  return NULL;
}

static int threads(void) {
  pthread_t all[3];
  for (long i = 0; i < 3; ++i)
    if (pthread_create(&all[i], NULL, options_from, (void*)(i * 4)) != 0) return 1;
  for (int i = 0; i < 3; ++i) pthread_join(all[i], NULL);
  return 0;
}

static long int80(long number, long first, long second, long third) {
  __asm__ volatile("int $0x80"
                   : "+a"(number)
                   : "b"(first), "c"(second), "d"(third)
                   : "memory", "r8", "r9", "r10", "r11");
  return number;
}

static int i386(void) {
  int80(359, AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);  // socket
  int80(102, 1, 0, 0);                                // socketcall: its arguments are behind a pointer
  int80(55, 1, F_GETFD, 0);                           // fcntl
  int80(221, 1, F_GETFL, 0);                          // fcntl64
  int80(90, 0, 0, PROT_EXEC);                         // mmap: its arguments are behind a pointer
  int80(192, 0, 4096, PROT_WRITE);                    // mmap2
  return 0;
}

int main(int argc, char** argv) {
  const char* what = argc > 1 ? argv[1] : "";
  if (strcmp(what, "threads") == 0) return threads();
  if (strcmp(what, "int80") == 0) return i386();
  if (strcmp(what, "many") == 0)
    for (long request = 1; request <= 100; ++request) syscall(SYS_ioctl, -1, 0x7000 + request, 0);
  else
    one_of_each();
  return 0;
}
