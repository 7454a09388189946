// SPDX-License-Identifier: Apache-2.0
#include "holes/mounts.h"
#include "evidence.h"

using namespace profilegen;

TEST_CASE("the mount of a path is the longest that holds it") {
  Run run;
  run.mounts = {{"/", "", "", "image", false}, {"/data", "", "", "bind", false}, {"/data/db", "", "", "volume", false}};
  CHECK(mount_of(run, "/data/db/x")->path == "/data/db");
  CHECK(mount_of(run, "/data/db")->path == "/data/db");
  CHECK(mount_of(run, "/data/dbx")->path == "/data");
  CHECK(mount_of(run, "/database")->path == "/");
  CHECK(mount_of(Run{}, "/x") == nullptr);
}

TEST_CASE("what the user mounts needs no hole; it is known whether it was written") {
  for (const std::string origin : {"volume", "bind", "tmpfs", "other"}) {
    TraceOf trace;
    trace.mount("/data", origin, "mine").mount("/config", origin, "conf").file("/data/x", FileOp::CREATE);
    trace.file("/config/x", FileOp::READ);
    const Profile profile = trace.profile();
    CHECK(profile.holes.empty());
    CHECK(profile.mounts == std::map<std::string, UserMount>{{"/config", {"conf", origin, false, false}},
                                                             {"/data", {"mine", origin, true, false}}});
  }
}

TEST_CASE("what the engine mounts is neither a hole nor the user's") {
  TraceOf trace;
  trace.file("/dev/null", FileOp::WRITE).file("/proc/self/oom_score_adj", FileOp::WRITE);
  const Profile profile = trace.profile();
  CHECK(profile.holes.empty());
  CHECK(profile.mounts.empty());
}

TEST_CASE("the kernel's own places are no holes, even without a mount table") {
  TraceOf trace;
  trace.run().mounts.clear();
  trace.file("/dev/null", FileOp::WRITE).file("/sys/x/y", FileOp::WRITE).file("/srv/x", FileOp::WRITE);
  CHECK(keys_of(trace.profile().holes) == std::set<std::string>{"/srv"});
}

TEST_CASE("a write to the engine's files in /etc is told") {
  TraceOf trace;
  trace.file("/etc/hosts", FileOp::WRITE);
  const Profile profile = trace.profile();
  CHECK(profile.holes.empty());
  CHECK(has_line(profile.notes,
                 "the program wrote /etc/hosts, which is the engine's and read-only under this policy: give its "
                 "content with --add-host instead"));
}

TEST_CASE("where the engine mounts none of them, they are files of the image like others") {
  TraceOf trace;
  trace.file("/etc/hostname", FileOp::WRITE);
  const Profile profile = trace.profile();
  CHECK(keys_of(profile.holes) == std::set<std::string>{"/etc"});
  CHECK_FALSE(has_line(profile.notes, "the program wrote /etc/hostname"));
}

TEST_CASE("a program executed from the user's mount does not make a hole executable") {
  TraceOf trace;
  trace.mount("/srv/bin", "bind").file("/srv/x", FileOp::CREATE).file("/srv/bin/tool", FileOp::EXEC);
  CHECK_FALSE(trace.profile().holes.at("/srv").exec);
}

TEST_CASE("an anonymous volume's random name is not part of the policy") {
  TraceOf trace;
  trace.mount("/data", "volume", std::string(64, 'a')).mount("/other", "volume", std::string(63, 'a'));
  const Profile profile = trace.profile();
  CHECK(profile.mounts.at("/data").source.empty());
  CHECK(profile.mounts.at("/other").source == std::string(63, 'a'));
}

TEST_CASE("each run is judged by its own mount table") {
  TraceOf trace;
  trace.run("run1") = trace.run();
  trace.mount("/data", "volume");
  trace.file("/data/x", FileOp::CREATE).file("/data/x", FileOp::CREATE, "run1");
  const Profile profile = trace.profile();
  CHECK(profile.mounts.at("/data").written);
  CHECK(keys_of(profile.holes) == std::set<std::string>{"/data"});
  CHECK(has_line(profile.notes, "/data is a mount of your own in some of the runs only"));
}

TEST_CASE("a process tree has holes on any file system of the host, and no mounts of the user") {
  TraceOf trace;
  trace.run().subject = {};
  trace.mount("/home", "other").mount("/tmp", "tmpfs");
  trace.file("/home/me/x", FileOp::CREATE).file("/tmp/x", FileOp::CREATE).file("/dev/null", FileOp::WRITE);
  const Profile profile = trace.profile();
  CHECK(keys_of(profile.holes) == std::set<std::string>{"/home/me", "/tmp"});
  CHECK(profile.mounts.empty());
}
