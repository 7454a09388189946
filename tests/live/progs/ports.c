// SPDX-License-Identifier: Apache-2.0
// ports WHAT...: binds a socket of each kind to a port: tcp4:80, udp6:53, i386:81 (tcp by i386's socketcall). `ping4`
// and `ping6` make ping sockets. Says "ok", or the first that failed.
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

static int bound(int family, int type, int port) {
  int descriptor = socket(family, type, 0);
  struct sockaddr_in in4 = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port)};
  struct sockaddr_in6 in6 = {.sin6_family = AF_INET6, .sin6_port = htons((uint16_t)port)};
  if (descriptor < 0) return -1;
  return family == AF_INET ? bind(descriptor, (struct sockaddr*)&in4, sizeof in4)
                           : bind(descriptor, (struct sockaddr*)&in6, sizeof in6);
}

#if defined(__x86_64__)
// Pointers of i386 have 32 bits: everything that is pointed to is static, and so is this program.
static uint32_t arguments[3];
static struct sockaddr_in address;

static int socketcall(int call, uint32_t a, uint32_t b, uint32_t c) {
  int result;
  arguments[0] = a;
  arguments[1] = b;
  arguments[2] = c;
  __asm__ volatile("int $0x80"
                   : "=a"(result)
                   : "0"(102), "b"(call), "c"(arguments)
                   : "memory", "r8", "r9", "r10", "r11");
  errno = result < 0 ? -result : 0;
  return result;
}

static int bound_by_i386(int port) {
  int descriptor = socketcall(1, AF_INET, SOCK_STREAM, 0);
  address.sin_family = AF_INET;
  address.sin_port = htons((uint16_t)port);
  return descriptor < 0 ? -1 : socketcall(2, (uint32_t)descriptor, (uint32_t)(uintptr_t)&address, sizeof address);
}
#else
static int bound_by_i386(int port) { return bound(AF_INET, SOCK_STREAM, port); }
#endif

static int act(const char* what) {
  const char* colon = strchr(what, ':');
  int port = colon ? atoi(colon + 1) : 0;
  if (!strncmp(what, "i386", 4)) return bound_by_i386(port);
  int family = what[colon ? colon - what - 1 : (long)strlen(what) - 1] == '6' ? AF_INET6 : AF_INET;
  if (!strncmp(what, "ping", 4)) return socket(family, SOCK_DGRAM, family == AF_INET ? IPPROTO_ICMP : IPPROTO_ICMPV6);
  return bound(family, !strncmp(what, "udp", 3) ? SOCK_DGRAM : SOCK_STREAM, port);
}

int main(int argc, char** argv) {
  for (int i = 1; i < argc; i++)
    if (act(argv[i]) < 0) {
      printf("%s: %s\n", argv[i], strerror(errno));
      return 1;
    }
  puts("ok");
  return 0;
}
