// SPDX-License-Identifier: Apache-2.0
// failing_changes DIRECTORY: tries changes below DIRECTORY (absolute, existing, empty) that the kernel begins, shows to
// its security modules and then refuses. Exit status 0 if all were refused and only "full/kept" is left.
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

static int refused(int result, int reason, const char* what) {
  if (result < 0 && errno == reason) return 1;
  fprintf(stderr, "failing_changes: %s was not refused as expected\n", what);
  return 0;
}

int main(int count, char** words) {
  if (count != 2 || chdir(words[1]) != 0 || mkdir("full", 0755) != 0) return 2;
  int fd = open("full/kept", O_CREAT | O_WRONLY | O_CLOEXEC, 0644);
  if (fd < 0 || mkdir("empty", 0755) != 0) return 2;
  return !(refused(rmdir("full"), ENOTEMPTY, "rmdir") &&                     //
           refused(rename("empty", "full"), ENOTEMPTY, "rename") &&          //
           refused(unlink("empty"), EISDIR, "unlink") &&                     //
           refused(link("empty", "hard"), EPERM, "link") &&                  //
           refused(rename("full", "full/below"), EINVAL, "rename below") &&  //
           refused(mkdir("full", 0755), EEXIST, "mkdir"));
}
