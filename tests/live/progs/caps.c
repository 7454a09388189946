// SPDX-License-Identifier: Apache-2.0
// caps ACT: run as root, does one thing that needs one capability; "none" needs none. Prints ACT and "ok" or the errno.
// Files are made in the working directory, which root must own. "kill" needs a process of user 1000.
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/sysmacros.h>
#include <unistd.h>

enum { kOther = 1000 };  // a user and group that is not ours
static const char* const kFile = "caps-file";

static int with_file(int (*act)(void)) {
  int fd = open(kFile, O_CREAT | O_WRONLY | O_TRUNC | O_CLOEXEC, 0644);
  if (fd < 0) return -1;
  close(fd);
  int result = act(), error = errno;
  unlink(kFile);
  errno = error;
  return result;
}

static int give_away(void) { return chown(kFile, kOther, kOther); }
static int make_device(void) { return mknod("caps-device", S_IFCHR | 0600, makedev(1, 3)); }

static int none(void) { return 0; }
static int do_chown(void) { return with_file(give_away); }
static int do_setuid(void) { return setuid(kOther); }
static int do_setgid(void) { return setgid(kOther); }
static int do_setgroups(void) {
  gid_t group = kOther;
  return setgroups(1, &group);
}
static int do_bind80(void) {
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(80)};
  int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0), yes = 1;
  setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof(yes));
  return bind(fd, (struct sockaddr*)&address, sizeof(address));
}
static int do_raw(void) { return socket(AF_INET, SOCK_RAW | SOCK_CLOEXEC, IPPROTO_ICMP) < 0 ? -1 : 0; }
static int do_mknod(void) {
  int result = make_device(), error = errno;
  unlink("caps-device");
  errno = error;
  return result;
}
static int do_chroot(void) { return chroot("."); }
static int do_nice(void) { return setpriority(PRIO_PROCESS, 0, -1); }
static int do_sethostname(void) { return sethostname("caps", 4); }
static int do_mlock(void) {
  struct rlimit none_allowed = {0, 0};
  if (setrlimit(RLIMIT_MEMLOCK, &none_allowed) != 0) return -1;
  static char page[4096];
  return mlock(page, sizeof(page));
}
static int do_kill(void) {
  for (pid_t pid = 1; pid < 65536; pid++) {
    char path[32];
    struct stat status;
    snprintf(path, sizeof(path), "/proc/%d", pid);
    if (stat(path, &status) == 0 && status.st_uid == kOther) return kill(pid, 0);
  }
  errno = ESRCH;
  return -1;
}

static const struct {
  const char* name;
  int (*act)(void);
} kActs[] = {
    {"none", none},
    {"chown", do_chown},              // CHOWN
    {"setuid", do_setuid},            // SETUID
    {"setgid", do_setgid},            // SETGID
    {"setgroups", do_setgroups},      // SETGID
    {"bind80", do_bind80},            // NET_BIND_SERVICE, unless net.ipv4.ip_unprivileged_port_start is 80 or less
    {"raw", do_raw},                  // NET_RAW
    {"mknod", do_mknod},              // MKNOD
    {"chroot", do_chroot},            // SYS_CHROOT
    {"nice", do_nice},                // SYS_NICE
    {"sethostname", do_sethostname},  // SYS_ADMIN
    {"mlock", do_mlock},              // IPC_LOCK
    {"kill", do_kill},                // KILL
};

int main(int argc, char** argv) {
  for (size_t i = 0; argc == 2 && i < sizeof(kActs) / sizeof(kActs[0]); i++) {
    if (strcmp(argv[1], kActs[i].name) != 0) continue;
    int result = kActs[i].act();
    printf("%s %s\n", argv[1], result == 0 ? "ok" : strerrorname_np(errno));
    return result != 0;
  }
  fprintf(stderr, "usage: caps");
  for (size_t i = 0; i < sizeof(kActs) / sizeof(kActs[0]); i++) fprintf(stderr, " %s", kActs[i].name);
  fprintf(stderr, "\n");
  return 2;
}
