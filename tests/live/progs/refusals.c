// SPDX-License-Identifier: Apache-2.0
// refusals WORD [PATH]...: does things that a mount, a filter or missing rights may refuse. Prints one line for each:
// "WORD ok" or "WORD ERRNO-NAME".
//   write PATH    asks whether it may write the file (access)      mkdir, unlink, chmod, times PATH
//   map PATH      maps the file as code                            protect PATH   maps it, then makes that code
//   run PATH      executes the file, and waits for it
//   drop -        becomes user 1000 for good, and looks whether it can become root again
//   chown PATH    changes the owner
//   join -        waits for a thread that ends at once                sleep -        waits for a while
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

enum { kPage = 4096, kUser = 1000 };

static int map(const char* path, int protection, int later) {
  int fd = open(path, O_RDONLY | O_CLOEXEC);
  if (fd < 0) return -1;
  void* at = mmap(NULL, kPage, protection, MAP_PRIVATE, fd, 0);
  if (at == MAP_FAILED) return -1;
  return later != 0 ? mprotect(at, kPage, later) : 0;
}

static int run(const char* path) {
  int status = 0;
  pid_t child = vfork();
  if (child == 0) {
    execl(path, path, (char*)NULL);
    _exit(errno);
  }
  if (child < 0 || waitpid(child, &status, 0) != child) return -1;
  errno = WEXITSTATUS(status);
  return errno == 0 ? 0 : -1;
}

static int drop(void) {
  if (setgroups(0, NULL) != 0 || setgid(kUser) != 0 || setuid(kUser) != 0) return -1;
  return setuid(0) == 0 ? 0 : -1;
}

static void* end_at_once(void* nothing) { return nothing; }

static int join(void) {
  pthread_t thread;
  if (pthread_create(&thread, NULL, end_at_once, NULL) != 0) return -1;
  return pthread_join(thread, NULL);
}

static int act(const char* word, const char* path) {
  if (strcmp(word, "write") == 0) return access(path, W_OK);
  if (strcmp(word, "mkdir") == 0) return mkdir(path, 0755);
  if (strcmp(word, "unlink") == 0) return unlink(path);
  if (strcmp(word, "chmod") == 0) return chmod(path, 0600);
  if (strcmp(word, "times") == 0) return utimensat(AT_FDCWD, path, NULL, 0);
  if (strcmp(word, "chown") == 0) return chown(path, kUser, kUser);
  if (strcmp(word, "map") == 0) return map(path, PROT_READ | PROT_EXEC, 0);
  if (strcmp(word, "protect") == 0) return map(path, PROT_READ, PROT_READ | PROT_EXEC);
  if (strcmp(word, "run") == 0) return run(path);
  if (strcmp(word, "drop") == 0) return drop();
  if (strcmp(word, "join") == 0) return join();
  if (strcmp(word, "sleep") == 0) return usleep(300000);
  exit(2);
}

int main(int count, char** words) {
  for (int i = 1; i + 1 < count; i += 2) {
    int result = act(words[i], words[i + 1]);
    printf("%s %s\n", words[i], result == 0 ? "ok" : strerrorname_np(errno));
    fflush(stdout);
  }
  return 0;
}
