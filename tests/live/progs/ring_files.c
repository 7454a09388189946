// SPDX-License-Identifier: Apache-2.0
// ring_files DIRECTORY: changes files below DIRECTORY (absolute, existing, empty) only through io_uring, and prints
// "OPERATION PATH" for each change, with names of file_ops.def. Exit status 2 if io_uring can't be used.
#include <errno.h>
#include <fcntl.h>
#include <linux/io_uring.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

enum { ENTRIES = 4 };

static int ring;
static unsigned char* queue;  // contains both rings (IORING_FEAT_SINGLE_MMAP, Linux 5.4)
static struct io_uring_sqe* entries;
static struct io_uring_params params;

static void* map(size_t size, off_t offset) {
  void* memory = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_POPULATE, ring, offset);
  if (memory == MAP_FAILED) exit(2);
  return memory;
}

static void set_up(void) {
  ring = (int)syscall(SYS_io_uring_setup, ENTRIES, &params);
  if (ring < 0 || !(params.features & IORING_FEAT_SINGLE_MMAP)) exit(2);
  queue = map(params.cq_off.cqes + params.cq_entries * sizeof(struct io_uring_cqe) + 4096, IORING_OFF_SQ_RING);
  entries = map(params.sq_entries * sizeof(struct io_uring_sqe), IORING_OFF_SQES);
}

static uint32_t* word(uint32_t offset) { return (uint32_t*)(queue + offset); }

// Submits one operation and waits for its result.
static int act(const struct io_uring_sqe* operation) {
  uint32_t tail = *word(params.sq_off.tail), slot = tail & *word(params.sq_off.ring_mask);
  entries[slot] = *operation;
  word(params.sq_off.array)[slot] = slot;
  __atomic_store_n(word(params.sq_off.tail), tail + 1, __ATOMIC_RELEASE);
  if (syscall(SYS_io_uring_enter, ring, 1, 1, IORING_ENTER_GETEVENTS, NULL, 0) < 0) exit(2);
  uint32_t head = *word(params.cq_off.head);
  struct io_uring_cqe* ends = (struct io_uring_cqe*)(queue + params.cq_off.cqes);
  int result = ends[head & *word(params.cq_off.ring_mask)].res;
  __atomic_store_n(word(params.cq_off.head), head + 1, __ATOMIC_RELEASE);
  return result;
}

static const char* base;
static const char* at(const char* name) {
  static char ring_of_names[4][4096];
  static int next;
  char* path = ring_of_names[next++ % 4];
  snprintf(path, sizeof(ring_of_names[0]), "%s/%s", base, name);
  return path;
}

static int check(int result, const char* what) {
  if (result >= 0) return result;
  fprintf(stderr, "ring_files: %s: %s\n", what, strerror(-result));
  exit(1);
}

static struct io_uring_sqe named(int opcode, const char* name) {
  struct io_uring_sqe operation = {.opcode = (unsigned char)opcode, .fd = AT_FDCWD};
  operation.addr = (uint64_t)(uintptr_t)name;
  return operation;
}

static void moved(int opcode, const char* from, const char* to) {
  struct io_uring_sqe operation = named(opcode, at(from));
  operation.len = (uint32_t)AT_FDCWD;
  operation.off = (uint64_t)(uintptr_t)at(to);
  check(act(&operation), to);
}

int main(int count, char** words) {
  if (count != 2) return 2;
  base = words[1];
  set_up();
  struct io_uring_sqe operation = named(IORING_OP_OPENAT, at("made"));
  operation.open_flags = O_CREAT | O_WRONLY;
  operation.len = 0644;
  int fd = check(act(&operation), "openat");
  printf("create %s\nwrite %s\n", at("made"), at("made"));
  close(fd);
  operation = named(IORING_OP_MKDIRAT, at("directory"));
  operation.len = 0755;
  check(act(&operation), "mkdirat");
  printf("mkdir %s\n", at("directory"));
  moved(IORING_OP_LINKAT, "made", "linked");
  printf("link-to %s\n", at("linked"));
  operation = named(IORING_OP_SYMLINKAT, "nowhere");
  operation.off = (uint64_t)(uintptr_t)at("soft");
  check(act(&operation), "symlinkat");
  printf("symlink %s\n", at("soft"));
  moved(IORING_OP_RENAMEAT, "linked", "directory/moved");
  printf("rename-from %s\nrename-to %s\nmove-below %s\n", at("linked"), at("directory/moved"), base);
  operation = named(IORING_OP_UNLINKAT, at("directory/moved"));
  check(act(&operation), "unlinkat");
  printf("unlink %s\n", at("directory/moved"));
  operation = named(IORING_OP_UNLINKAT, at("directory"));
  operation.unlink_flags = AT_REMOVEDIR;
  check(act(&operation), "unlinkat");
  printf("rmdir %s\n", at("directory"));
  return 0;
}
