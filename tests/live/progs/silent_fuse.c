/* SPDX-License-Identifier: Apache-2.0 */
/*
 * silent_fuse DIRECTORY PROGRAM: mounts a file system at DIRECTORY with one directory, "inside", and one file,
 * "program", which is a copy of PROGRAM. It answers until a directory has been made in it; from then on it says nothing
 * any more. Whoever opens its program for a second time never gets an answer. What it answered is forgotten at once, so
 * each look-up of a name waits for it. Ends when it is unmounted.
 */
#include <errno.h>
#include <fcntl.h>
#include <linux/fuse.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

enum { ROOT = FUSE_ROOT_ID, INSIDE, PROGRAM, MADE };

static int device;
static const char* program;
static size_t program_size;

static void answer(uint64_t unique, int error, const void* body, size_t size) {
  struct fuse_out_header head = {.len = sizeof(head) + (error ? 0 : size), .error = -error, .unique = unique};
  struct iovec parts[] = {{&head, sizeof(head)}, {(void*)body, error ? 0 : size}};
  if (writev(device, parts, 2) < 0) perror("silent_fuse: answer");
}

static struct fuse_attr attributes(uint64_t node) {
  struct fuse_attr found = {.ino = node, .nlink = 1, .mode = S_IFDIR | 0777, .blksize = 4096};
  if (node == PROGRAM) {
    found.mode = S_IFREG | 0755;
    found.size = program_size;
  }
  return found;
}

static void answer_entry(uint64_t unique, uint64_t node) {
  struct fuse_entry_out entry = {.nodeid = node, .generation = 1, .attr = attributes(node)};
  answer(unique, 0, &entry, sizeof(entry));
}

static void answer_lookup(const struct fuse_in_header* asked, const char* name) {
  if (asked->nodeid == ROOT && strcmp(name, "inside") == 0) return answer_entry(asked->unique, INSIDE);
  if (asked->nodeid == ROOT && strcmp(name, "program") == 0) return answer_entry(asked->unique, PROGRAM);
  answer(asked->unique, ENOENT, NULL, 0);
}

static void answer_read(const struct fuse_in_header* asked, const struct fuse_read_in* read) {
  size_t from = read->offset < program_size ? read->offset : program_size;
  size_t size = read->size < program_size - from ? read->size : program_size - from;
  answer(asked->unique, 0, program + from, size);
}

static void answer_init(uint64_t unique) {
  struct fuse_init_out init = {.major = FUSE_KERNEL_VERSION, .minor = 31, .max_write = 65536};
  answer(unique, 0, &init, sizeof(init));
}

/* Returns 0 when it shall say nothing any more. */
static int serve(const struct fuse_in_header* asked, const char* body) {
  struct fuse_attr_out attribute = {.attr = attributes(asked->nodeid)};
  struct fuse_open_out opened = {.fh = 1};
  static int openings;

  switch (asked->opcode) {
    case FUSE_INIT:
      answer_init(asked->unique);
      return 1;
    case FUSE_GETATTR:
      answer(asked->unique, 0, &attribute, sizeof(attribute));
      return 1;
    case FUSE_LOOKUP:
      answer_lookup(asked, body);
      return 1;
    case FUSE_OPEN:
      if (openings++) return 1;
      answer(asked->unique, 0, &opened, sizeof(opened));
      return 1;
    case FUSE_OPENDIR:
      answer(asked->unique, 0, &opened, sizeof(opened));
      return 1;
    case FUSE_READ:
      answer_read(asked, (const struct fuse_read_in*)body);
      return 1;
    case FUSE_MKDIR:
      answer_entry(asked->unique, MADE);
      return 0;
    case FUSE_FORGET:
    case FUSE_BATCH_FORGET:
    case FUSE_INTERRUPT:
      return 1;
    default:
      answer(asked->unique, ENOSYS, NULL, 0);
      return 1;
  }
}

static void read_program(const char* path) {
  struct stat status;
  int file = open(path, O_RDONLY | O_CLOEXEC);
  if (file < 0 || fstat(file, &status)) {
    perror(path);
    exit(1);
  }
  program_size = status.st_size;
  program = mmap(NULL, program_size, PROT_READ, MAP_PRIVATE, file, 0);
}

int main(int argc, char** argv) {
  static char request[1 << 18];
  char options[128];
  int answers = 1;

  if (argc != 3) return 2;
  read_program(argv[2]);
  device = open("/dev/fuse", O_RDWR | O_CLOEXEC);
  snprintf(options, sizeof(options), "fd=%d,rootmode=40777,user_id=0,group_id=0,allow_other,default_permissions",
           device);
  if (device < 0 || mount("silent", argv[1], "fuse", MS_NODEV, options)) {
    perror("silent_fuse");
    return 1;
  }
  puts("mounted");
  fflush(stdout);
  for (;;) {
    ssize_t size = read(device, request, sizeof(request));
    if (size < 0 && errno == ENODEV) return 0; /* unmounted */
    if (size >= (ssize_t)sizeof(struct fuse_in_header) && answers)
      answers = serve((struct fuse_in_header*)request, request + sizeof(struct fuse_in_header));
  }
}
