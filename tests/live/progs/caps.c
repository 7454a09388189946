// SPDX-License-Identifier: Apache-2.0
// caps ACT: run as root, does one thing that needs one capability ("none" needs none), and prints ACT and "ok" or the
// errno. Files are made in the working directory, which root must own and which must contain "others", a file of user
// 1000. "kill" needs a process of that user.
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <linux/bpf.h>
#include <linux/capability.h>
#include <linux/rtnetlink.h>
#include <net/if.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/sysmacros.h>
#include <sys/timerfd.h>
#include <sys/timex.h>
#include <sys/wait.h>
#include <sys/xattr.h>
#include <unistd.h>

enum { kOther = 1000 };  // another user and group
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

static const char* const kOthers = "others";

static int use_others(int flags) {
  int fd = open(kOthers, flags | O_CLOEXEC);
  return fd < 0 ? -1 : close(fd);
}
static int do_read(void) { return use_others(O_RDONLY); }
static int do_write(void) { return use_others(O_WRONLY); }
static int do_fowner(void) { return chmod(kOthers, 0640); }
// Without FSETID the call succeeds but clears the bit, since we are not in the file's group.
static int do_setgid_bit(void) {
  struct stat status;
  if (chmod("of-group", 02755) != 0 || stat("of-group", &status) != 0) return -1;
  errno = EPERM;
  return status.st_mode & S_ISGID ? 0 : -1;
}
static int mark_program(void) {
  struct vfs_cap_data data = {.magic_etc = VFS_CAP_REVISION_2};
  data.data[0].permitted = 1U << CAP_NET_RAW;
  return setxattr(kFile, "security.capability", &data, sizeof(data), 0);
}
static int do_setfcap(void) { return with_file(mark_program); }
static int do_lease(void) {
  int fd = open(kOthers, O_RDONLY | O_CLOEXEC);
  return fd < 0 ? -1 : fcntl(fd, F_SETLEASE, F_RDLCK);
}
// Like ping: uses a socket that needs no capability if the group may have one, otherwise a raw socket.
static int do_ping(void) {
  if (socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, IPPROTO_ICMP) >= 0) return 0;
  return do_raw();
}
static int do_raise_limit(void) {
  struct rlimit limit;
  if (getrlimit(RLIMIT_CORE, &limit) != 0) return -1;
  limit.rlim_cur = limit.rlim_max = 4096;
  if (setrlimit(RLIMIT_CORE, &limit) != 0) return -1;
  limit.rlim_cur = limit.rlim_max = 8192;
  return setrlimit(RLIMIT_CORE, &limit);
}
static int do_ptrace(void) {
  pid_t child = fork();
  if (child == 0) {
    if (setuid(kOther) != 0) _exit(1);
    alarm(20);
    pause();
    _exit(0);
  }
  char path[32];
  struct stat status;
  snprintf(path, sizeof(path), "/proc/%d", child);
  while (stat(path, &status) == 0 && status.st_uid != kOther) {
    if (waitpid(child, NULL, WNOHANG) == child) {
      errno = ECHILD;
      return -1;
    }
    usleep(1000);
  }
  return (int)ptrace(PTRACE_SEIZE, child, NULL, PTRACE_O_EXITKILL);
}
static int do_bpf(void) {
  union bpf_attr map = {.map_type = BPF_MAP_TYPE_LRU_HASH, .key_size = 4, .value_size = 4, .max_entries = 1};
  return syscall(SYS_bpf, BPF_MAP_CREATE, &map, sizeof(map)) < 0 ? -1 : 0;
}
// Brings the loopback device up, through netlink.
static int do_netlink(void) {
  struct {
    struct nlmsghdr header;
    struct ifinfomsg link;
  } request = {{sizeof(request), RTM_NEWLINK, NLM_F_REQUEST | NLM_F_ACK, 1, 0},
               {.ifi_index = 1, .ifi_flags = IFF_UP, .ifi_change = IFF_UP}};
  struct {
    struct nlmsghdr header;
    struct nlmsgerr error;
  } answer;
  int fd = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_ROUTE);
  if (fd < 0 || send(fd, &request, sizeof(request), 0) < 0 || recv(fd, &answer, sizeof(answer), 0) < 0) return -1;
  errno = -answer.error.error;
  return answer.error.error == 0 ? 0 : -1;
}
static int do_mount(void) { return unshare(CLONE_NEWNS) != 0 ? -1 : mount(".", ".", NULL, MS_BIND, NULL); }
static int do_mount_inside(void) {
  return unshare(CLONE_NEWUSER | CLONE_NEWNS) != 0 ? -1 : mount(".", ".", NULL, MS_BIND, NULL);
}
static int do_hostname_inside(void) {
  return unshare(CLONE_NEWUSER | CLONE_NEWUTS) != 0 ? -1 : sethostname("inside", 6);
}
static int do_time(void) {
  struct timex clock = {.modes = 0};
  if (adjtimex(&clock) < 0) return -1;
  clock.modes = ADJ_STATUS; /* sets the status that was just read */
  return adjtimex(&clock) < 0 ? -1 : 0;
}
static int do_alarm(void) { return timerfd_create(CLOCK_REALTIME_ALARM, TFD_CLOEXEC) < 0 ? -1 : 0; }
static int do_bounding_set(void) { return prctl(PR_CAPBSET_DROP, CAP_MKNOD, 0, 0, 0); }
// With the capability, these calls fail for another reason.
static int refused_with(long result, int reason) { return result < 0 && errno == reason ? 0 : -1; }
static int do_module(void) { return refused_with(syscall(SYS_delete_module, "no such module", O_NONBLOCK), ENOENT); }
static int do_reboot(void) { return refused_with(syscall(SYS_reboot, 0, 0, 0, NULL), EINVAL); }
static int do_accounting(void) { return acct(NULL); }
static int do_copy_up(void) {
  int fd = open("overlay/file", O_WRONLY | O_APPEND | O_CLOEXEC);
  return fd < 0 || write(fd, "x", 1) != 1 ? -1 : close(fd);
}

static int do_own_ids(void) {
  return setuid(0) != 0 || setgid(0) != 0 || setresuid(0, 0, 0) != 0 || setresgid(-1, 0, -1) != 0 ? -1 : 0;
}
// Changes the calling thread's sets: `without` is removed from all, `inheritable` is added to the inheritable set.
static int set_sets(unsigned without, unsigned inheritable) {
  struct __user_cap_header_struct header = {.version = _LINUX_CAPABILITY_VERSION_3};
  struct __user_cap_data_struct sets[2];
  if (syscall(SYS_capget, &header, sets) != 0) return -1;
  sets[0].effective &= ~without;
  sets[0].permitted &= ~without;
  sets[0].inheritable = (sets[0].inheritable & ~without) | inheritable;
  return (int)syscall(SYS_capset, &header, sets);
}
static int do_less(void) { return set_sets(1U << CAP_LEASE, 0); }
static int do_secure_bits(void) { return prctl(PR_SET_SECUREBITS, 1 << 2 /* no fix-up at setuid */, 0, 0, 0); }
static int do_inherit_more(void) { return do_less() != 0 ? -1 : set_sets(0, 1U << CAP_LEASE); }

static const struct {
  const char* name;
  int (*act)(void);
} kActs[] = {
    {"none", none},
    {"chown", do_chown},                // CHOWN
    {"setuid", do_setuid},              // SETUID
    {"setgid", do_setgid},              // SETGID
    {"setgroups", do_setgroups},        // SETGID
    {"bind80", do_bind80},              // NET_BIND_SERVICE, unless net.ipv4.ip_unprivileged_port_start is 80 or less
    {"raw", do_raw},                    // NET_RAW
    {"mknod", do_mknod},                // MKNOD
    {"chroot", do_chroot},              // SYS_CHROOT
    {"nice", do_nice},                  // SYS_NICE
    {"sethostname", do_sethostname},    // SYS_ADMIN
    {"mlock", do_mlock},                // IPC_LOCK
    {"kill", do_kill},                  // KILL
    {"read", do_read},                  // DAC_READ_SEARCH
    {"write", do_write},                // DAC_OVERRIDE
    {"fowner", do_fowner},              // FOWNER
    {"setgid-bit", do_setgid_bit},      // FSETID; "of-group" belongs to root and group 1000
    {"setfcap", do_setfcap},            // SETFCAP
    {"lease", do_lease},                // LEASE
    {"ping", do_ping},                  // NET_RAW, unless the group is in net.ipv4.ping_group_range
    {"raise-limit", do_raise_limit},    // SYS_RESOURCE
    {"ptrace", do_ptrace},              // SETUID, SYS_PTRACE
    {"bpf", do_bpf},                    // BPF
    {"netlink", do_netlink},            // NET_ADMIN
    {"mount", do_mount},                // SYS_ADMIN
    {"mount-inside", do_mount_inside},  // none: it makes a user namespace
    {"hostname-inside", do_hostname_inside},  // none
    {"time", do_time},                        // SYS_TIME
    {"alarm", do_alarm},                      // WAKE_ALARM
    {"bounding-set", do_bounding_set},        // SETPCAP
    {"module", do_module},                    // SYS_MODULE
    {"reboot", do_reboot},                    // SYS_BOOT
    {"accounting", do_accounting},            // SYS_PACCT
    {"own-ids", do_own_ids},                  // none: it has these ids already
    {"less", do_less},                        // none
    {"secure-bits", do_secure_bits},          // SETPCAP
    {"inherit-more", do_inherit_more},        // SETPCAP, and LEASE in the bounding set
    {"copy-up", do_copy_up},                  // none; overlay/file is a file of a lower layer
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
