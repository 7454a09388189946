// SPDX-License-Identifier: Apache-2.0
// Writable holes: a recorded container works with --read-only, sees the same owners and modes, and can't write
// elsewhere.
#include <catch2/catch.hpp>
#include <map>

#include "support/workload.h"

namespace {

const std::string kPlaces = "profilegen-test/places";
const std::string kStat = "stat -c '%n %a %u %g' ";

std::string tmpfs(const std::string& path, const std::string& owner, const std::string& exec = "noexec") {
  return "--tmpfs=" + path + ":rw,nosuid,nodev," + exec + "," + owner + ",size=64m\n";
}

const std::string kRootOwned = "mode=0755,uid=0,gid=0";
const std::string kReadOnly = "--read-only\n";

}  // namespace

TEST_CASE("A directory with content keeps it, its owner and its mode") {
  const Workload work({}, kPlaces,
                      kStat +
                          "/srv/content /srv/content/shipped && cat /srv/content/shipped && "
                          "echo more >>/srv/content/shipped && tail -n 1 /srv/content/shipped");
  CHECK(work.hole_flags() == kReadOnly + "--volume=/srv/content\n");
  CHECK(work.out().find("/srv/content 750 1000 1000\n") == 0);
  check_passes(work);
  check_refused(work, "/srv/new");
  check_refused(work, "/etc/new");
}

TEST_CASE("A directory whose files are removed again becomes a tmpfs with the image's owner and mode") {
  const Workload work(
      {}, kPlaces,
      kStat + "/srv/empty && echo x >/srv/empty/file && " + kStat + "/srv/empty/file && rm /srv/empty/file");
  CHECK(work.hole_flags() == kReadOnly + tmpfs("/srv/empty", "mode=2770,uid=1000,gid=2000"));
  CHECK(work.out() == "/srv/empty 2770 1000 2000\n/srv/empty/file 644 0 2000\n");
  check_passes(work);
  check_refused(work, "/srv/new");
}

TEST_CASE("A program can be executed where one was, and only there") {
  const Workload executes({}, kPlaces, "cp /bin/busybox /tmp/id && /tmp/id -u");
  CHECK(executes.hole_flags() == kReadOnly + tmpfs("/tmp", "mode=1777,uid=0,gid=0", "exec"));
  check_passes(executes);

  const Workload writes({}, kPlaces, "echo 'echo not run' >/tmp/script && chmod 755 /tmp/script && /opt/bin/script");
  CHECK(writes.hole_flags() == kReadOnly + tmpfs("/tmp", "mode=1777,uid=0,gid=0"));
  check_passes(writes);
  const Outcome runs = writes.other("echo 'echo ran' >/tmp/script && chmod 755 /tmp/script && /tmp/script");
  CHECK(runs.status == 126);
  CHECK(runs.out.empty());
}

TEST_CASE("A directory that the application makes itself opens its parent: as a mount it would exist already") {
  const Workload work({}, kPlaces, "mkdir /srv/empty/own && echo x >/srv/empty/own/file && cat /srv/empty/own/file");
  CHECK(work.hole_flags() == kReadOnly + "--volume=/srv/empty\n");
  check_passes(work);
}

TEST_CASE("A working directory that the engine makes is made again, and another user's home stays that user's") {
  const Workload root({"-w", "/srv/own/work"}, kPlaces, kStat + ". && echo x >file && cat /srv/own/work/file");
  CHECK(root.hole_flags() == kReadOnly + "--volume=/srv/own/work\n");
  check_passes(root);

  const Workload user({"-u", "1000:2000", "-e", "HOME=/srv/empty"}, kPlaces,
                      kStat + "~ && cd && mkdir .cache && echo x >.cache/file && id");
  CHECK(user.hole_flags() == kReadOnly + tmpfs("/srv/empty", "mode=2770,uid=1000,gid=2000"));
  check_passes(user);
  check_refused(user, "/tmp/file");
}

TEST_CASE("A write in / itself leaves the root writable, and the reason is told") {
  const Workload work({}, kPlaces, "echo x >/file && echo x >/tmp/file");
  CHECK(work.hole_flags().empty());
  CHECK_FALSE(work.profile().read_only_root);
  CHECK(work.artifact("mounts.txt").find("The root file system cannot be read-only: write /file") == 0);
  check_passes(work);
}

TEST_CASE("Many directories of one parent are one hole, with what the image ships in it") {
  const Workload work(
      {}, kPlaces,
      "for i in 0 1 2 3 4 5 6 7 8 9; do echo x >/srv/many/$i/file; done; " + kStat + "/srv/many /srv/many/*");
  CHECK(work.hole_flags() == kReadOnly + "--volume=/srv/many\n");
  check_passes(work);
  check_refused(work, "/srv/file");
}

TEST_CASE("A place that docker's flags can't name is opened by the directory above it") {
  const Workload work({}, kPlaces,
                      "echo x >/srv/odd/with:colon/file && echo x >'/srv/odd/with blank/file' && ls /srv/odd/*");
  CHECK(work.hole_flags() == kReadOnly + "--volume=/srv/odd\n");
  check_passes(work);
  check_refused(work, "/srv/file");
}

TEST_CASE("What services do: a file replaced by rename, a pid file, a log that grows") {
  const Workload work({}, kPlaces,
                      "echo new >/srv/content/shipped.new && mv /srv/content/shipped.new /srv/content/shipped && "
                      "cat /srv/content/shipped && echo $$ >/var/run/app.pid && echo line >>/var/log/app.log && "
                      "cat /var/log/app.log && " +
                          kStat + "/run /var/log");
  CHECK(work.hole_flags() == kReadOnly + tmpfs("/run", kRootOwned) + "--volume=/srv/content\n" + "--volume=/var/log\n");
  CHECK(work.out().find("new\nfirst line\nline\n") == 0);
  check_passes(work);
  check_refused(work, "/var/file");
  check_refused(work, "/srv/file");
}

TEST_CASE("Directories between which files are renamed or linked are one mount") {
  const Workload work(
      {}, kPlaces,
      ": >/srv/empty/file && mv /srv/empty/file /srv/content/file && mkdir /srv/empty/dir && "
      "ln /srv/content/file /srv/empty/dir/link && mv /srv/empty/dir /srv/many/ && ls /srv/many/dir && " +
          kStat + "/srv /srv/content /srv/empty");
  CHECK(work.hole_flags() == kReadOnly + "--volume=/srv\n");
  check_passes(work);
  check_refused(work, "/etc/file");

  const Workload far({}, kPlaces, ": >/tmp/file && mv /tmp/file /srv/empty/file && ls /srv/empty");
  CHECK(far.hole_flags().empty());
  CHECK(far.artifact("mounts.txt").find("cannot be read-only: move-below /: a rename or link from one mount") !=
        std::string::npos);
  check_passes(far);

  const Workload volume({"-v", "/data"}, kPlaces, "mkdir /data/a /data/b && : >/data/a/x && mv /data/a/x /data/b/x");
  CHECK(volume.hole_flags() == kReadOnly);
  check_passes(volume);
}

TEST_CASE("A tmpfs has room for what was written, by whichever call, and for no more than it is limited to") {
  const std::string program =
      "import os\n"
      "size = 3 << 20\n"
      "data = bytes(size)\n"
      "def file(name):\n"
      "  os.mkdir('/var/tmp/' + name)\n"
      "  return os.open('/var/tmp/' + name + '/file', os.O_RDWR | os.O_CREAT)\n"
      "source = file('write')\n"
      "os.write(source, data)\n"
      "os.pwrite(file('pwrite64'), data, 0)\n"
      "os.writev(file('writev'), [data])\n"
      "os.pwritev(file('pwritev'), [data], 0)\n"
      "os.ftruncate(file('ftruncate'), size)\n"
      "os.posix_fallocate(file('fallocate'), 0, size)\n"
      "os.sendfile(file('sendfile'), source, 0, size)\n"
      "os.copy_file_range(source, file('copy_file_range'), size, 0)\n"
      "reader, writer = os.pipe()\n"
      "spliced = file('splice')\n"
      "for part in range(size // 4096): os.write(writer, data[:4096]); os.splice(reader, spliced, 4096)\n"
      "os.mkdir('/var/tmp/unnamed')\n"
      "try: unnamed = os.open('/var/tmp/unnamed', os.O_RDWR | os.O_TMPFILE)\n"
      "except OSError: unnamed = os.open('/var/tmp/unnamed/file', os.O_RDWR | os.O_CREAT)\n"  // overlayfs before 6.3
      "os.write(unnamed, data)\n"
      "gone = file('gone')\n"
      "os.unlink('/var/tmp/gone/file')\n"
      "os.write(gone, data)\n"
      "print('done')\n";
  const Workload work({}, "profilegen-test/python", "python3 -c \"" + program + "\"");
  std::map<std::string, uint64_t> sizes;
  for (const profilegen::DirectorySize& size : only_run(work.trace()).sizes) sizes[size.path] = size.bytes;
  for (const char* name : {"write", "pwrite64", "writev", "pwritev", "ftruncate", "fallocate", "sendfile",
                           "copy_file_range", "splice", "unnamed", "gone"}) {
    CAPTURE(name);
    CHECK(sizes["/var/tmp/" + std::string(name)] == 4 << 20);
  }
  CHECK(work.hole_flags() == kReadOnly + "--tmpfs=/var/tmp:rw,nosuid,nodev,noexec,mode=1777,uid=0,gid=0,size=128m\n");
  check_passes(work);
  const Outcome full = work.other(
      "python3 -c \"import os\nfile = os.open('/var/tmp/x', os.O_RDWR | os.O_CREAT)\nwhile True: os.write(file, "
      "bytes(1 << 20))\"");
  INFO(full.err);
  CHECK(full.err.find("No space left on device") != std::string::npos);
}
