// SPDX-License-Identifier: Apache-2.0
// COMMAND's descendants are recorded however they were made, and other processes are not.
#include <catch2/catch.hpp>
#include <csignal>

#include "support/background.h"

using profilegen::load_trace;
using profilegen::Mark;

namespace {

Words recorded(const std::string& script) { return {PROFILEGEN, "record", "--", "sh", "-c", script}; }

// Calls sched_getparam, which nothing else here does.
const std::string kOwnCall = prog("vfork_exec") + " child";

// A shell loop that waits for a file, for half a minute at most.
std::string wait_for(const std::string& file) {
  return "n=0; while [ ! -e " + file + " ] && [ $n -lt 3000 ]; do n=$((n + 1)); sleep 0.01; done; ";
}

}  // namespace

TEST_CASE("A descendant is recorded however it was started") {
  struct Way {
    Words command;
    std::string call;
  };
  const Way ways[] = {
      {{prog("vfork_exec")}, "sched_getparam"},
      {{prog("double_fork")}, "sched_get_priority_max"},
      {{prog("clone3_thread"), "8"}, "sched_rr_get_interval"},
      {{prog("spawn_many"), "300", "20"}, "sched_getscheduler"},
      {{"unshare", "--fork", "--pid", "--mount", prog("vfork_exec"), "child"}, "sched_getparam"},
      {{"setsid", "--wait", "nohup", prog("vfork_exec")}, "sched_getparam"},
  };
  for (const Way& way : ways) {
    const Scratch scratch;
    CAPTURE(way.command);
    CHECK(app_calls(scratch.record(way.command)).count(way.call) == 1);
  }
}

TEST_CASE("A descendant that outlives COMMAND is recorded until it ends") {
  const Scratch scratch;
  Background recorder(scratch, recorded("(" + wait_for("go") + kOwnCall + ") </dev/null & touch started"), "said");
  REQUIRE(wait_until([&] { return scratch.read("said").find("still runs") != std::string::npos; }));
  CHECK(recorder.runs());
  CHECK_FALSE(scratch.exists("profilegen-trace.json"));
  scratch.write("go", "");
  CHECK(recorder.wait() == 0);
  const auto trace = load_trace(scratch.path() + "/profilegen-trace.json");
  REQUIRE(trace);
  CHECK(app_calls(*trace).count("sched_getparam") == 1);
  CHECK(only_run(*trace).marks.empty());
}

TEST_CASE("A recording that is ended while a descendant still runs says so") {
  const Scratch scratch;
  Background recorder(scratch, recorded("(" + wait_for("go") + "touch gone) & exit 5"), "said");
  REQUIRE(wait_until([&] { return scratch.read("said").find("still runs") != std::string::npos; }));
  recorder.send(SIGTERM);
  CHECK(wait_until([&] { return scratch.exists("profilegen-trace.json"); }));
  const auto trace = load_trace(scratch.path() + "/profilegen-trace.json");
  REQUIRE(trace);
  CHECK(only_run(*trace).marks == std::set{Mark::shutdown_not_recorded});
  const Outcome emitted = scratch.profilegen({"emit", "--format", "profile", "profilegen-trace.json"});
  CHECK(emitted.status == 0);
  CHECK(emitted.out.find("still ran when the recording ended") != std::string::npos);
  scratch.write("go", "");
  CHECK(wait_until([&] { return scratch.exists("gone"); }));
  CHECK(recorder.wait() == 5);
}

TEST_CASE("What a stranger does meanwhile is not in the trace") {
  const Scratch scratch;
  Background stranger(scratch, {"sh", "-c", wait_for("go") + kOwnCall + " && mkdir strangers && touch done"}, "said");
  const auto trace = scratch.record({"sh", "-c", "touch go; " + wait_for("done")});
  CHECK(scratch.exists("done"));
  CHECK(app_calls(trace).count("sched_getparam") == 0);
  CHECK(writes(trace).count("mkdir " + scratch.path() + "/strangers") == 0);
  CHECK(writes(trace).count("create " + scratch.path() + "/go") == 1);
  CHECK(stranger.wait() == 0);
}

TEST_CASE("The recorder's own calls are not COMMAND's") {
  const Scratch scratch;
  const auto calls = app_calls(scratch.record({prog("signal_exit"), "9"}, {}, 128 + SIGKILL));
  for (const char* call : {"bpf", "clone", "fork", "pipe2", "pidfd_open", "epoll_wait", "setsid"})
    CHECK(calls.count(call) == 0);
  CHECK(calls.count("kill") == 1);
}
