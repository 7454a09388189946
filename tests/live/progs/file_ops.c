// SPDX-License-Identifier: Apache-2.0
// file_ops DIRECTORY: changes files below DIRECTORY (absolute, existing, empty) in every possible way, and prints
// "OPERATION PATH" for each change, with names of file_ops.def and the path as the kernel resolves it. A test compares
// these lines with a recording. Needs CHOWN and SYS_CHROOT.
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <linux/fs.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <sys/xattr.h>
#include <unistd.h>

static const char* base;  // DIRECTORY
static int base_fd;       // open on DIRECTORY

// The path of NAME below DIRECTORY. Only the last few results stay valid.
static const char* at(const char* name) {
  static char ring[8][4096];
  static int next;
  char* path = ring[next++ % 8];
  snprintf(path, sizeof(ring[0]), "%s/%s", base, name);
  return path;
}

// Stops at the first failure, since the test would expect the change in the recording.
static void check(long result, const char* what) {
  if (result >= 0) return;
  fprintf(stderr, "file_ops: %s: %s\n", what, strerror(errno));
  exit(1);
}

static void did(const char* operation, const char* name) { printf("%s %s\n", operation, at(name)); }

// The file was created and opened for writing.
static void did_create(const char* name) {
  did("create", name);
  did("write", name);
}

static void make_quietly(int flags, const char* name) {
  int fd = openat(base_fd, name, flags | O_CLOEXEC, 0644);
  check(fd, name);
  close(fd);
}

// Makes a file for another change.
static const char* file(const char* name) {
  make_quietly(O_CREAT | O_WRONLY | O_EXCL, name);
  did_create(name);
  return at(name);
}

static int opened(const char* path, int flags) {
  int fd = open(path, flags | O_CLOEXEC, 0644);
  check(fd, path);
  return fd;
}

static void opens(void) {
  close(opened(at("created"), O_RDWR | O_CREAT));
  did_create("created");
  close(opened(at("created-for-reading"), O_RDONLY | O_CREAT));
  did("create", "created-for-reading");
  close(opened(file("written"), O_WRONLY | O_APPEND));
  did("write", "written");
  close(opened(file("truncated-by-open"), O_WRONLY | O_TRUNC));
  did("truncate", "truncated-by-open");
  int fd = creat(at("by-creat"), 0644);
  check(fd, "creat");
  close(fd);
  did_create("by-creat");
}

static void temporary_file(void) {
  int fd = opened(base, O_TMPFILE | O_RDWR);
  printf("tmpfile %s\n", base);
  char self[64];
  snprintf(self, sizeof(self), "/proc/self/fd/%d", fd);
  check(linkat(AT_FDCWD, self, AT_FDCWD, at("from-tmpfile"), AT_SYMLINK_FOLLOW), "linkat");
  did("link-to", "from-tmpfile");
  close(fd);
}

static void mapping(void) {
  int fd = opened(file("mapped"), O_RDWR);
  check(ftruncate(fd, 4096), "ftruncate");
  did("truncate", "mapped");
  char* bytes = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
  check(bytes == MAP_FAILED ? -1 : 0, "mmap");
  bytes[0] = 'x';
  munmap(bytes, 4096);
  close(fd);
  did("write", "mapped");
}

static void sizes(void) {
  check(truncate(file("truncated"), 10), "truncate");
  did("truncate", "truncated");
  int fd = opened(file("allocated"), O_WRONLY);
  check(fallocate(fd, 0, 0, 8192), "fallocate");
  close(fd);
  did("allocate", "allocated");
}

static void directories(void) {
  check(mkdir(at("made"), 0755), "mkdir");
  did("mkdir", "made");
  check(mkdirat(base_fd, "made/by-dirfd", 0755), "mkdirat");
  did("mkdir", "made/by-dirfd");
  check(rmdir(at("made/by-dirfd")), "rmdir");
  did("rmdir", "made/by-dirfd");
}

static void removals(void) {
  check(unlink(file("unlinked")), "unlink");
  did("unlink", "unlinked");
  file("unlinked-by-dirfd");
  check(unlinkat(base_fd, "unlinked-by-dirfd", 0), "unlinkat");
  did("unlink", "unlinked-by-dirfd");
}

static void moved(const char* from, const char* to) {
  did("rename-from", from);
  did("rename-to", to);
}

static void renames(void) {
  check(rename(file("old"), at("new")), "rename");
  moved("old", "new");
  // The same inode gets another name: a recorder that remembers only inodes would miss it.
  check(rename(at("new"), at("newer")), "rename");
  moved("new", "newer");
  file("left");
  file("right");
  check(syscall(SYS_renameat2, base_fd, "left", base_fd, "right", RENAME_EXCHANGE), "renameat2");
  moved("left", "right");
  moved("right", "left");
}

static void links(void) {
  check(link(file("linked"), at("hard-link")), "link");
  did("link-from", "linked");
  did("link-to", "hard-link");
  check(symlink("made", at("soft-link")), "symlink");
  did("symlink", "soft-link");
  check(symlinkat("nowhere", base_fd, "dangling"), "symlinkat");
  did("symlink", "dangling");
  close(opened(at("soft-link/through-link"), O_CREAT | O_WRONLY));
  did_create("made/through-link");
}

static void special_files(void) {
  check(mkfifo(at("fifo"), 0644), "mkfifo");
  did("mknod", "fifo");
  struct sockaddr_un address = {.sun_family = AF_UNIX};
  strncpy(address.sun_path, at("socket"), sizeof(address.sun_path) - 1);
  int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  check(bind(fd, (struct sockaddr*)&address, sizeof(address)), "bind");
  close(fd);
  did("bind", "socket");
}

static void modes(void) {
  check(chmod(file("chmod"), 0600), "chmod");
  did("chmod", "chmod");
  int fd = opened(file("fchmod"), O_RDONLY);
  check(fchmod(fd, 0600), "fchmod");
  close(fd);
  did("chmod", "fchmod");
  file("fchmodat");
  check(fchmodat(base_fd, "fchmodat", 0600, 0), "fchmodat");
  did("chmod", "fchmodat");
  // C libraries change a file that they may not open through the name of an O_PATH descriptor.
  fd = opened(file("by-descriptor"), O_PATH);
  char self[64];
  snprintf(self, sizeof(self), "/proc/self/fd/%d", fd);
  check(chmod(self, 0600), "chmod");
  close(fd);
  did("chmod", "by-descriptor");
}

static void owners(void) {
  check(chown(file("chown"), 1000, 1000), "chown");
  did("chown", "chown");
  int fd = opened(file("fchown"), O_RDONLY);
  check(fchown(fd, 1000, 1000), "fchown");
  close(fd);
  did("chown", "fchown");
  check(symlink("nowhere", at("lchown")), "symlink");
  did("symlink", "lchown");
  check(lchown(at("lchown"), 1000, 1000), "lchown");
  did("chown", "lchown");
}

static void times(void) {
  file("utimensat");
  check(utimensat(base_fd, "utimensat", NULL, 0), "utimensat");
  did("utime", "utimensat");
  int fd = opened(file("futimens"), O_RDONLY);
  check(futimens(fd, NULL), "futimens");
  close(fd);
  did("utime", "futimens");
}

// Not every file system supports these. An unsupported change did not happen.
static int supported(long result, const char* what) {
  if (result < 0 && (errno == EOPNOTSUPP || errno == ENOTTY)) return 0;
  check(result, what);
  return 1;
}

static void attributes(void) {
  if (supported(setxattr(file("setxattr"), "user.test", "1", 1, 0), "setxattr")) {
    did("xattr", "setxattr");
    int fd = opened(file("fsetxattr"), O_RDONLY);
    check(fsetxattr(fd, "user.test", "1", 1, 0), "fsetxattr");
    check(fremovexattr(fd, "user.test"), "fremovexattr");
    close(fd);
    did("xattr", "fsetxattr");
  }
  int flags = FS_NODUMP_FL, fd = opened(file("chattr"), O_RDONLY);
  if (supported(ioctl(fd, FS_IOC_SETFLAGS, &flags), "chattr")) did("setflags", "chattr");
  close(fd);
}

static void names(void) {
  file("with space");
  file("with [brackets] {and} *stars?");
  file("with:colon");
  file("with\\backslash");
}

static void relative_paths(void) {
  check(chdir(at("made")), "chdir");
  close(opened("relative", O_CREAT | O_WRONLY));
  did_create("made/relative");
  close(opened("./../made/./dotted", O_CREAT | O_WRONLY));
  did_create("made/dotted");
  check(mkdir("../beside", 0755), "mkdir");
  did("mkdir", "beside");
  int fd = open(".", O_PATH | O_DIRECTORY | O_CLOEXEC);
  check(fd, "open .");
  check(chdir("/"), "chdir");
  int file_fd = openat(fd, "by-path-descriptor", O_CREAT | O_WRONLY | O_CLOEXEC, 0644);
  check(file_fd, "openat");
  close(file_fd);
  close(fd);
  did_create("made/by-path-descriptor");
}

static void in_jail(void) {
  check(chroot(at("jail")), "chroot");
  check(chdir("/"), "chdir");
  close(opened("/inside", O_CREAT | O_WRONLY));
  check(mkdir("/../folder", 0755), "mkdir");
  exit(0);
}

static void jail(void) {
  check(mkdir(at("jail"), 0755), "mkdir");
  did("mkdir", "jail");
  fflush(stdout);
  pid_t child = fork();
  check(child, "fork");
  if (child == 0) in_jail();
  int status;
  if (waitpid(child, &status, 0) != child || status != 0) exit(1);
  did_create("jail/inside");
  did("mkdir", "jail/folder");
}

int main(int argc, char** argv) {
  if (argc != 2 || argv[1][0] != '/') {
    fprintf(stderr, "usage: file_ops DIRECTORY (absolute, existing, empty)\n");
    return 2;
  }
  base = argv[1];
  base_fd = open(base, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  check(base_fd, base);
  umask(022);
  static void (*const kinds[])(void) = {opens,      temporary_file, mapping,        sizes, directories, removals,
                                        renames,    links,          special_files,  modes, owners,      times,
                                        attributes, names,          relative_paths, jail};
  for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) kinds[i]();
  return 0;
}
