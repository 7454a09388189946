// SPDX-License-Identifier: Apache-2.0
// Names that do not directly name a file: links, descriptors, names in a chroot, and places outside the image.
#include <catch2/catch.hpp>

#include "support/workload.h"

namespace {

const std::string kPlaces = "profilegen-test/places";
using Lines = std::set<std::string>;

Lines only_in(const Lines& lines, const std::string& place) {
  Lines found;
  for (const std::string& line : lines)
    if (line.find(" " + place) != std::string::npos) found.insert(line);
  return found;
}

}  // namespace

TEST_CASE("A file is recorded by its own path, whatever link or descriptor it was reached by") {
  const Workload work({}, kPlaces,
                      "cd /var/run && mkdir lock && : >/var/run/pid && exec 3>/srv/empty/file && "
                      "echo x >/proc/self/fd/3 && chmod 600 /proc/self/fd/3 && ln -s /srv/empty/file /srv/many/link && "
                      "chown 1000 /srv/many/link && exec 4</etc/passwd && cat /proc/self/fd/4 /dev/fd/4 >/dev/null");
  const Lines expected{"mkdir /run/lock",          "create /run/pid",        "write /run/pid",
                       "truncate /run/pid",        "create /srv/empty/file", "write /srv/empty/file",
                       "truncate /srv/empty/file", "chmod /srv/empty/file",  "chown /srv/empty/file",
                       "symlink /srv/many/link",   "write /dev/null",        "truncate /dev/null"};
  CHECK(writes(work.trace()) == expected);
  CHECK(work.profile().holes.size() == 3);
  check_passes(work);
}

TEST_CASE("A descriptor that names a file is that file, for a call that changes no more than its mode") {
  const Workload work({}, kPlaces,
                      "exec 3</srv/content/shipped && chmod 600 /dev/fd/3 && stat -c %a /srv/content/shipped");
  CHECK(writes(work.trace()) == Lines{"chmod /srv/content/shipped"});
  check_passes(work);
}

TEST_CASE("A name through a link of procfs is the file that it leads to") {
  // One process makes all the calls and lives on a while: links that only user space finds need it.
  const Workload work({}, "profilegen-test/python", R"(exec python3 -c '
import os, time
os.makedirs("/srv/cwd"); os.makedirs("/srv/far"); os.chdir("/srv/cwd")
os.dup2(os.open("/srv/far", os.O_RDONLY), 9)
os.symlink("/proc/self/cwd", "/srv/here")
own = "/proc/%d" % os.getpid()
for name in ["/proc/self/root/srv/far/a", "/proc/thread-self/root/srv/far/b", own + "/root/srv/far/c", "/dev/fd/9/d",
             "/proc/self/fd/9//e", own + "/fd/9/f", "/proc/self/cwd/g", "/proc/thread-self/cwd/h",
             "/proc/self/cwd//i", own + "/cwd/j", "/srv/here/k"]:
  os.mkdir(name)
time.sleep(1)')");
  const Lines found = writes(work.trace());
  CHECK(only_in(found, "/srv/far/") == Lines{"mkdir /srv/far/a", "mkdir /srv/far/b", "mkdir /srv/far/c",
                                             "mkdir /srv/far/d", "mkdir /srv/far/e", "mkdir /srv/far/f"});
  CHECK(only_in(found, "/srv/cwd/") ==
        Lines{"mkdir /srv/cwd/g", "mkdir /srv/cwd/h", "mkdir /srv/cwd/i", "mkdir /srv/cwd/j", "mkdir /srv/cwd/k"});
  CHECK(only_in(found, "/proc/").empty());
  check_passes(work);
}

TEST_CASE("Devices, the engine's own file systems and standard output are no holes") {
  const Workload work({}, kPlaces,
                      "echo x >/dev/null && echo out >/dev/stdout && echo err >/dev/stderr && echo x >/dev/shm/file && "
                      "echo name >/proc/self/comm && echo 0 >/proc/$$/oom_score_adj && chmod 600 /dev/stdout");
  const Lines found = writes(work.trace());
  CHECK(only_in(found, "/dev/shm/") == Lines{"create /dev/shm/file", "truncate /dev/shm/file", "write /dev/shm/file"});
  CHECK(found.count("write /proc/1/comm") == 1);
  CHECK(work.hole_flags() == "--read-only\n");
  check_passes(work);
}

TEST_CASE("After chroot a file is recorded by its path in the container") {
  const Workload work(
      {}, kPlaces,
      "mkdir /srv/many/0/bin /srv/many/0/sub && cp /bin/busybox /srv/many/0/bin/sh && "
      "ln -s /sub /srv/many/0/absolute && "
      "chroot /srv/many/0 /bin/sh -c ': >/file && cd /sub && : >../../relative && : >/absolute/through' "
      "&& ls /srv/many/0 /srv/many/0/sub");
  Lines created;
  for (const std::string& line : writes(work.trace()))
    if (line.starts_with("create ")) created.insert(line);
  CHECK(created == Lines{"create /srv/many/0/bin/sh", "create /srv/many/0/file", "create /srv/many/0/relative",
                         "create /srv/many/0/sub/through"});
  CHECK(work.trace().files.count({"/srv/many/0/bin/sh", profilegen::FileOp::EXEC}) == 1);
  CHECK(work.hole_flags() == "--read-only\n--volume=/srv/many/0\n");
  CHECK(work.profile().holes.at("/srv/many/0").exec);
  check_passes(work);
}

TEST_CASE("A single file and a volume in a volume lie on mounts of their own") {
  const Scratch host;
  host.write("conf", "");
  const Workload work({"-v", "/data", "-v", "/data/inner", "-v", host.path() + "/conf:/etc/app.conf"}, kPlaces,
                      ": >/data/a && : >/data/inner/b && : >/etc/app.conf && mkdir /data/c");
  const auto mount = [&](const std::string& path, profilegen::FileOp op) {
    const auto found = work.trace().files.find({path, op});
    return found == work.trace().files.end() ? "" : found->second.mount;
  };
  CHECK(mount("/data/a", profilegen::FileOp::CREATE) == "/data");
  CHECK(mount("/data/c", profilegen::FileOp::MKDIR) == "/data");
  CHECK(mount("/data/inner/b", profilegen::FileOp::CREATE) == "/data/inner");
  CHECK(mount("/etc/app.conf", profilegen::FileOp::WRITE) == "/etc/app.conf");
  CHECK(work.hole_flags() == "--read-only\n");
}
