// SPDX-License-Identifier: Apache-2.0
// A tmpfs or a volume: what a stop of the container may lose, and what not.
#include "evidence.h"

using namespace profilegen;

namespace {

Hole only_hole(const TraceOf& trace) {
  const Profile profile = trace.profile();
  REQUIRE(profile.holes.size() == 1);
  return profile.holes.begin()->second;
}

Hole after_writing(const std::string& path) { return only_hole(TraceOf().file(path, FileOp::CREATE)); }

bool is_tmpfs(const Hole& hole) { return hole.kind == HoleKind::tmpfs; }

}  // namespace

TEST_CASE("only what may be lost at any stop is a tmpfs: temporary files, state of running processes, caches") {
  for (const std::string path :
       {"/tmp/x", "/tmp/a/x", "/var/tmp/x", "/run/app/app.pid", "/var/run/app.pid", "/var/cache/app/x",
        "/home/user/.cache/x", "/srv/app/cache/x", "/srv/app/Cache/x", "/srv/app/proxy_cache/x", "/root/.npm/x"}) {
    CAPTURE(path);
    CHECK(is_tmpfs(after_writing(path)));
    CHECK_FALSE(after_writing(path).uncertain);
  }
  for (const std::string path : {"/var/lib/app/db", "/var/mail/root", "/data/x", "/srv/x", "/var/spool/x", "/opt/app/x",
                                 "/tmpfile/x", "/srv/cached/x", "/var/log/app.log", "/root/.config/x"}) {
    CAPTURE(path);
    CHECK_FALSE(is_tmpfs(after_writing(path)));
    CHECK(after_writing(path).uncertain);
    CHECK(after_writing(path).empty);
  }
}

TEST_CASE("a hole above caches alone is a tmpfs, and with one other file in it a volume") {
  TraceOf trace;
  trace.directory("/home/user/.cache", FileOp::MKDIR).file("/home/user/.cache/a/x", FileOp::CREATE);
  CHECK(is_tmpfs(only_hole(trace)));
  trace.file("/home/user/note", FileOp::CREATE);
  CHECK_FALSE(is_tmpfs(only_hole(trace)));
}

TEST_CASE("what the run itself removed is no reason for a volume, and emit tells that this is uncertain") {
  TraceOf trace;
  trace.file("/work/a", FileOp::CREATE).file("/work/a", FileOp::WRITE).file("/work/a", FileOp::UNLINK);
  trace.directory("/work/d", FileOp::MKDIR).file("/work/d/b", FileOp::CREATE).directory("/work/d", FileOp::RMDIR);
  CHECK(is_tmpfs(only_hole(trace)));
  CHECK(only_hole(trace).uncertain);
  trace.file("/work/c", FileOp::RENAME_TO);
  CHECK_FALSE(is_tmpfs(only_hole(trace)));
  trace.file("/work/c", FileOp::RENAME_FROM);
  CHECK(is_tmpfs(only_hole(trace)));
}

TEST_CASE("a name that was made again after it was removed is data") {
  TraceOf trace;
  trace.file("/work/last", FileOp::RENAME_TO).file("/work/last", FileOp::UNLINK);
  CHECK(is_tmpfs(only_hole(trace)));
  trace.run().remade = {"/work/last"};
  CHECK_FALSE(is_tmpfs(only_hole(trace)));
}

TEST_CASE("what one run removed and another one left is data") {
  TraceOf trace;
  trace.run("run1") = trace.run();
  trace.file("/work/a", FileOp::CREATE).file("/work/a", FileOp::UNLINK).file("/work/a", FileOp::CREATE, "run1");
  CHECK_FALSE(is_tmpfs(only_hole(trace)));
  trace.file("/work/a", FileOp::UNLINK, "run1");
  CHECK(is_tmpfs(only_hole(trace)));
}

TEST_CASE("directories, sockets and files without a name hold no data") {
  TraceOf trace;
  trace.directory("/work/d", FileOp::MKDIR).file("/work/app.sock", FileOp::BIND).file("/work/app.sock", FileOp::CHMOD);
  trace.directory("/work", FileOp::TMPFILE).directory("/work", FileOp::CHMOD);
  CHECK(is_tmpfs(only_hole(trace)));
  CHECK_FALSE(only_hole(trace).uncertain);
}

TEST_CASE("/run is a tmpfs even where the image has content, with the image's directories in it") {
  TraceOf trace;
  trace.file("/run/app.pid", FileOp::CREATE)
      .image_directory("/run", true)
      .image_directory("/run/sshd", false, 0711, 3, 4);
  CHECK(is_tmpfs(only_hole(trace)));
  CHECK(only_hole(trace).directories == std::map<std::string, Ownership>{{"/run/sshd", {0711, 3, 4}}});
  trace.file("/run/app.pid", FileOp::READ);  // its own
  CHECK(is_tmpfs(only_hole(trace)));
  trace.file("/run/shipped", FileOp::READ);
  CHECK_FALSE(is_tmpfs(only_hole(trace)));
  CHECK_FALSE(only_hole(trace).uncertain);
  CHECK(only_hole(trace).directories.empty());
  CHECK(only_hole(trace).reason == "create /run/app.pid; the image's /run/shipped was read");
}

TEST_CASE("/tmp is a tmpfs when the image has only directories in it, and a volume when it has files") {
  TraceOf trace;
  trace.file("/tmp/x", FileOp::CREATE).image_directory("/tmp", false, 01777).image_directory("/tmp/empty", false);
  CHECK(is_tmpfs(only_hole(trace)));
  CHECK(only_hole(trace).directories.contains("/tmp/empty"));
  trace.image_directory("/tmp/full", true);
  CHECK_FALSE(is_tmpfs(only_hole(trace)));
  CHECK_FALSE(only_hole(trace).empty);
}

TEST_CASE("a directory of the image that can't be a mount of its own makes the hole a volume") {
  TraceOf moved;
  moved.file("/tmp/x", FileOp::CREATE).directory("/tmp", FileOp::MOVE_BELOW).image_directory("/tmp/sub", false);
  CHECK_FALSE(is_tmpfs(only_hole(moved)));
  TraceOf removed;
  removed.file("/tmp/x", FileOp::CREATE).directory("/tmp/sub", FileOp::RMDIR).image_directory("/tmp/sub", false);
  CHECK_FALSE(is_tmpfs(only_hole(removed)));
  TraceOf odd;
  odd.file("/tmp/x", FileOp::CREATE).image_directory("/tmp/a:b", false);
  CHECK_FALSE(is_tmpfs(only_hole(odd)));
}

TEST_CASE("what is read again after a restart must persist, wherever it is, but for pid and lock files") {
  TraceOf trace;
  trace.file("/run/app/app.pid", FileOp::CREATE).file("/run/app/state", FileOp::CREATE);
  trace.run().reread = {"/run/app/app.pid"};
  CHECK(is_tmpfs(only_hole(trace)));
  trace.run().reread.emplace_back("/run/app/state");
  CHECK_FALSE(is_tmpfs(only_hole(trace)));
  CHECK_FALSE(only_hole(trace).uncertain);
  CHECK(only_hole(trace).empty);
  CHECK(only_hole(trace).reason == "create /run/app/app.pid (+1 more); /run/app/state read again after a restart");

  TraceOf data;
  data.file("/var/lib/app/db.lock", FileOp::CREATE);
  data.run().reread = {"/var/lib/app/db.lock"};
  CHECK_FALSE(only_hole(data).uncertain);
}

TEST_CASE("code from a file without a name is code from the hole in which it lies") {
  for (const FileOp op : {FileOp::MAP_EXEC, FileOp::EXEC}) {
    TraceOf trace;
    trace.directory("/tmp", FileOp::TMPFILE);
    CHECK_FALSE(only_hole(trace).exec);
    trace.directory("/tmp", op);
    CHECK(only_hole(trace).exec);
    CHECK(trace.profile().files.contains("/tmp/#[0-9]*"));
  }
}
