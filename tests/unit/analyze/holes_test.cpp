// SPDX-License-Identifier: Apache-2.0
#include "evidence.h"

using namespace profilegen;
using Paths = std::set<std::string>;

TEST_CASE("a write needs a hole at its directory") {
  TraceOf trace;
  trace.file("/var/lib/app/db", FileOp::CREATE).file("/etc/passwd", FileOp::READ);
  const Profile profile = trace.profile();
  REQUIRE(keys_of(profile.holes) == Paths{"/var/lib/app"});
  CHECK(profile.holes.at("/var/lib/app") ==
        Hole{HoleKind::volume, 0755, 0, 0, false, "create /var/lib/app/db", 0, true, true});
  CHECK(profile.read_only_root);
}

TEST_CASE("each operation that the kernel refuses with EROFS needs a hole, and no other does") {
  for (uint32_t number = 0; number <= static_cast<uint32_t>(FileOp::MAP_EXEC); ++number) {
    const auto op = static_cast<FileOp>(number);
    TraceOf trace;
    trace.file("/srv/data/x", op);
    CAPTURE(file_op_name(op));
    CHECK(keys_of(trace.profile().holes) == (file_op_writes(op) ? Paths{"/srv/data"} : Paths{}));
  }
}

TEST_CASE("an empty recording needs no hole") {
  const Profile profile = TraceOf().profile();
  CHECK(profile.holes.empty());
  CHECK(profile.read_only_root);
  CHECK(profile.root_reason.empty());
}

TEST_CASE("the reason is the first path, and how many there are besides") {
  TraceOf trace;
  trace.file("/run/b", FileOp::CREATE).file("/run/a", FileOp::WRITE).file("/run/a", FileOp::UNLINK);
  trace.file("/run/c", FileOp::MKDIR).file("/run/c/d", FileOp::BIND);
  CHECK(trace.profile().holes.at("/run").reason == "write /run/a (+3 more)");
}

TEST_CASE("a directory's own mode, owner and times are changed in a hole at the directory") {
  for (const FileOp op : {FileOp::CHMOD, FileOp::CHOWN, FileOp::UTIME, FileOp::XATTR, FileOp::TMPFILE}) {
    TraceOf trace;
    trace.directory("/var/cache/app", op);
    CAPTURE(file_op_name(op));
    CHECK(keys_of(trace.profile().holes) == Paths{"/var/cache/app"});
  }
  TraceOf file;
  file.file("/var/cache/app", FileOp::CHMOD);
  CHECK(keys_of(file.profile().holes) == Paths{"/var/cache"});
}

TEST_CASE("a directory that the application makes can't be a hole: mkdir would find it there") {
  TraceOf trace;
  trace.directory("/var/lib/app", FileOp::MKDIR).file("/var/lib/app/db", FileOp::CREATE);
  trace.directory("/var/lib/app", FileOp::CHMOD);
  CHECK(keys_of(trace.profile().holes) == Paths{"/var/lib"});
}

TEST_CASE("made directories raise the hole as often as it takes") {
  TraceOf trace;
  trace.directory("/opt/a", FileOp::MKDIR).directory("/opt/a/b", FileOp::MKDIR).file("/opt/a/b/c", FileOp::CREATE);
  CHECK(keys_of(trace.profile().holes) == Paths{"/opt"});
}

TEST_CASE("the hidden directories that a program makes in a home are holes themselves") {
  TraceOf trace;
  trace.directory("/root/.config", FileOp::MKDIR).file("/root/.config/app/x", FileOp::CREATE);
  trace.directory("/root/.npm", FileOp::MKDIR).file("/root/.npm/x", FileOp::CREATE);
  trace.directory("/home/user/.cache", FileOp::MKDIR);
  CHECK(keys_of(trace.profile().holes) == Paths{"/root/.config", "/root/.npm", "/home/user/.cache"});

  TraceOf wide = trace;
  wide.file("/root/.history", FileOp::CREATE);
  CHECK(keys_of(wide.profile().holes) == Paths{"/root", "/home/user/.cache"});

  for (const FileOp op : {FileOp::RMDIR, FileOp::RENAME_FROM, FileOp::RENAME_TO}) {
    TraceOf moved = trace;
    moved.directory("/root/.config", op);
    CHECK(keys_of(moved.profile().holes) == Paths{"/root", "/home/user/.cache"});
  }
  TraceOf other_owner = trace;
  other_owner.run().directories = {{"/root/.config", false, false, 0700, 1000, 1000},
                                   {"/home/user/.cache", false, false, 0700, 1000, 1000}};
  CHECK(keys_of(other_owner.profile().holes) == Paths{"/root", "/home/user/.cache"});
  TraceOf tree = trace;
  tree.run().subject.engine.clear();
  CHECK(keys_of(tree.profile().holes) == Paths{"/root", "/home/user"});
}

TEST_CASE("Python's compiled modules need no hole, and a note says so") {
  TraceOf trace;
  trace.directory("/usr/share/gdb/python/gdb/__pycache__", FileOp::MKDIR);
  trace.file("/usr/share/gdb/python/gdb/__pycache__/a.cpython-311.pyc.140234", FileOp::CREATE);
  trace.file("/usr/lib/old/a.pyc", FileOp::CREATE).file("/tmp/__pycache__/x", FileOp::CREATE);
  CHECK(trace.profile().holes.empty());
  CHECK(has_line(trace.profile().notes,
                 "Python stored compiled modules in /tmp/__pycache__ (+3 more), which stays read-only"));
  trace.file("/usr/share/gdb/python/gdb/log", FileOp::CREATE);
  CHECK(keys_of(trace.profile().holes) == Paths{"/usr/share/gdb/python/gdb"});
}

TEST_CASE("holes below another hole are part of it, also when names sort between them") {
  TraceOf trace;
  trace.file("/srv/a/x", FileOp::WRITE).file("/srv/a-b/x", FileOp::WRITE).file("/srv/a/b/c/x", FileOp::WRITE);
  CHECK(keys_of(trace.profile().holes) == Paths{"/srv/a", "/srv/a-b"});
}

TEST_CASE("what is written in the root itself makes the root writable, and says what it was") {
  TraceOf trace;
  trace.directory("/data", FileOp::MKDIR).file("/run/x", FileOp::CREATE);
  const Profile profile = trace.profile();
  CHECK_FALSE(profile.read_only_root);
  CHECK(profile.root_reason == "mkdir /data");
  CHECK(profile.holes.empty());
}

TEST_CASE("more than 8 holes in one directory become one hole there") {
  TraceOf trace;
  for (int number = 0; number < 8; ++number) trace.file("/srv/" + std::to_string(number) + "/x", FileOp::WRITE);
  CHECK(trace.profile().holes.size() == 8);
  trace.file("/srv/8/x", FileOp::WRITE);
  CHECK(keys_of(trace.profile().holes) == Paths{"/srv"});
}

TEST_CASE("holes are never joined in a directory that holds things of many kinds") {
  for (const std::string parent : {"/etc", "/usr", "/root", "/var", "/var/lib", "/home", "/opt", ""}) {
    TraceOf trace;
    for (int number = 0; number < 9; ++number) {
      trace.file(parent + "/d" + std::to_string(number) + "/x", FileOp::WRITE);
    }
    CAPTURE(parent);
    CHECK(trace.profile().holes.size() == 9);
    CHECK(trace.profile().read_only_root);
  }
}

TEST_CASE("a joined hole goes on joining") {
  TraceOf trace;
  for (int outer = 0; outer < 9; ++outer) {
    for (int inner = 0; inner < 9; ++inner) {
      trace.file("/srv/" + std::to_string(outer) + "/" + std::to_string(inner) + "/x", FileOp::WRITE);
    }
  }
  CHECK(keys_of(trace.profile().holes) == Paths{"/srv"});
}

TEST_CASE("a path that a flag can't hold is raised to the nearest directory that can") {
  for (const std::string name :
       {"a:b", "a,b", "a b", "a\tb", "a\nb", "a*b", "a?b", "a[b", "a$b", "a\\b", "a'b", "a\"b", "a\xff\x62"}) {
    TraceOf trace;
    trace.file("/srv/app/" + name + "/deep/x", FileOp::CREATE);
    CAPTURE(name);
    CHECK(keys_of(trace.profile().holes) == Paths{"/srv/app"});
  }
}

TEST_CASE("where only the root itself could be named, the root is writable and says why") {
  TraceOf trace;
  trace.file("/my data/x", FileOp::CREATE);
  const Profile profile = trace.profile();
  CHECK_FALSE(profile.read_only_root);
  CHECK(profile.root_reason == "create /my data/x: docker's flags can't name the directory");
}

TEST_CASE("a reason is one line, whatever the file is called") {
  TraceOf trace;
  trace.file("/run/a\nb", FileOp::CREATE);
  CHECK(trace.profile().holes.at("/run").reason == "create /run/a\\x0ab");
}

TEST_CASE("where the image ships content, the hole is a volume, which the engine fills") {
  TraceOf trace;
  trace.file("/var/lib/app/db", FileOp::CREATE).file("/run/x", FileOp::CREATE);
  trace.image_directory("/var/lib/app", true, 0750, 33, 34).image_directory("/run", false, 01777);
  const Profile profile = trace.profile();
  CHECK(profile.holes.at("/var/lib/app") == Hole{HoleKind::volume, 0750, 33, 34, false, "create /var/lib/app/db"});
  CHECK(profile.holes.at("/run") == Hole{HoleKind::tmpfs, 01777, 0, 0, false, "create /run/x", 64 << 20});
}

TEST_CASE("a directory of the image below the hole is content too") {
  TraceOf trace;
  trace.file("/srv/x", FileOp::CREATE).file("/srv/sub/x", FileOp::CREATE).image_directory("/srv/sub", false);
  CHECK(trace.profile().holes.at("/srv").kind == HoleKind::volume);
}

TEST_CASE("a directory that the application made below the hole is no content of the image") {
  TraceOf trace;
  trace.file("/tmp/x", FileOp::CREATE).directory("/tmp/sub", FileOp::MKDIR).file("/tmp/sub/x", FileOp::CREATE);
  trace.run().directories = {{"/tmp", true, false, 0755, 0, 0}, {"/tmp/sub", false, false, 0, 0, 0}};
  CHECK(trace.profile().holes.at("/tmp").kind == HoleKind::tmpfs);
  CHECK(trace.profile().holes.at("/tmp").directories.empty());
}

TEST_CASE("a directory that is not the image's has no mode to keep") {
  TraceOf trace;
  trace.file("/tmp/work/x", FileOp::CREATE);
  trace.run().directories = {{"/tmp/work", false, false, 0, 0, 0}};
  CHECK(trace.profile().holes.at("/tmp/work") ==
        Hole{HoleKind::tmpfs, 0755, 0, 0, false, "create /tmp/work/x", 64 << 20});
}

TEST_CASE("runs that found different images agree on the wider answer") {
  TraceOf trace;
  trace.file("/srv/x", FileOp::CREATE).image_directory("/srv", false, 0755, 5, 5);
  trace.run("run1") = trace.run();
  trace.run("run1").directories = {{"/srv", true, true, 0700, 9, 9}};
  const Hole hole = trace.profile().holes.at("/srv");
  CHECK(hole.kind == HoleKind::volume);
  CHECK(hole.mode == 0700);
  CHECK(hole.uid == 9);
}

TEST_CASE("a hole from which something is executed says so") {
  for (const FileOp op : {FileOp::EXEC, FileOp::EXEC_SETID, FileOp::MAP_EXEC}) {
    TraceOf trace;
    trace.file("/tmp/tool/x", FileOp::CREATE).file("/run/x", FileOp::CREATE).file("/tmp/tool/x", op);
    const Profile profile = trace.profile();
    CHECK(profile.holes.at("/tmp/tool").exec);
    CHECK_FALSE(profile.holes.at("/run").exec);
  }
}

TEST_CASE("what is moved between two directories needs one mount for both") {
  TraceOf trace;
  trace.file("/srv/a/x", FileOp::RENAME_FROM).file("/srv/b/x", FileOp::RENAME_TO);
  CHECK(trace.profile().holes.size() == 2);
  trace.directory("/srv", FileOp::MOVE_BELOW);
  CHECK(trace.profile().holes.size() == 1);
  CHECK(trace.profile().holes.count("/srv") == 1);
  CHECK(trace.profile().files.count("/srv/") == 0);

  trace.directory("/", FileOp::MOVE_BELOW);
  CHECK_FALSE(trace.profile().read_only_root);
  CHECK(trace.profile().root_reason.find("move-below /: a rename or link from one mount") == 0);
}
