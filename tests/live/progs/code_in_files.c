/* SPDX-License-Identifier: Apache-2.0
 *
 * code_in_files WAY DIRECTORY: makes a file in DIRECTORY and, unless WAY is "data", runs code from it.
 *   protect  maps it to read and makes the mapping executable
 *   closure  maps a file without a name as code, as libffi does
 *   execute  executes a file without a name by its descriptor
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

enum { PAGE = 4096 };

static int fail(const char* what) {
  perror(what);
  return 1;
}

static int unnamed_file(const char* directory) { return open(directory, O_TMPFILE | O_RDWR, 0700); }

/* One instruction: return. */
static int write_code(int file) {
#if defined(__x86_64__)
  static const unsigned char code[] = {0xc3};
#else
  static const unsigned char code[] = {0xc0, 0x03, 0x5f, 0xd6};
#endif
  return write(file, code, sizeof code) == sizeof code && ftruncate(file, PAGE) == 0 ? 0 : -1;
}

static int call(void* code) {
  void (*function)(void);
  memcpy(&function, &code, sizeof function);
  function();
  puts("done");
  return 0;
}

static int protect(const char* directory) {
  char name[256];
  snprintf(name, sizeof name, "%s/code", directory);
  int file = open(name, O_RDWR | O_CREAT, 0600);
  if (file < 0 || write_code(file) != 0) return fail(name);
  void* code = mmap(NULL, PAGE, PROT_READ, MAP_SHARED, file, 0);
  if (code == MAP_FAILED || mprotect(code, PAGE, PROT_READ | PROT_EXEC) != 0) return fail("mprotect");
  return call(code);
}

static int closure(const char* directory) {
  int file = unnamed_file(directory);
  if (file < 0 || write_code(file) != 0) return fail(directory);
  void* code = mmap(NULL, PAGE, PROT_READ | PROT_EXEC, MAP_SHARED, file, 0);
  return code == MAP_FAILED ? fail("mmap") : call(code);
}

static int data(const char* directory) {
  int file = unnamed_file(directory);
  if (file < 0 || write_code(file) != 0) return fail(directory);
  void* bytes = mmap(NULL, PAGE, PROT_READ, MAP_SHARED, file, 0);
  if (bytes == MAP_FAILED || mprotect(bytes, PAGE, PROT_READ | PROT_WRITE) != 0) return fail("mprotect");
  puts("done");
  return 0;
}

static int copy_of_self(int to) {
  char bytes[65536];
  ssize_t length;
  int from = open("/proc/self/exe", O_RDONLY);
  while ((length = read(from, bytes, sizeof bytes)) > 0)
    if (write(to, bytes, (size_t)length) != length) return -1;
  return from < 0 || length < 0 ? -1 : 0;
}

static int execute(const char* directory) {
  char name[64];
  char* arguments[] = {"code_in_files", "print", "", NULL};
  char* environment[] = {NULL};
  int file = unnamed_file(directory);
  if (file < 0 || copy_of_self(file) != 0) return fail(directory);
  snprintf(name, sizeof name, "/proc/self/fd/%d", file);
  int to_run = open(name, O_RDONLY);
  close(file); /* a file that is open for writing can't be executed */
  fexecve(to_run, arguments, environment);
  return fail("fexecve");
}

int main(int count, char** words) {
  if (count != 3) return 2;
  if (strcmp(words[1], "protect") == 0) return protect(words[2]);
  if (strcmp(words[1], "closure") == 0) return closure(words[2]);
  if (strcmp(words[1], "execute") == 0) return execute(words[2]);
  if (strcmp(words[1], "data") == 0) return data(words[2]);
  return puts("done") < 0;
}
