// SPDX-License-Identifier: Apache-2.0
// `record --duration` with COMMAND limits the recording, not COMMAND.
#include <catch2/catch.hpp>
#include <csignal>

#include "support/background.h"

using namespace profilegen;

namespace {

Words recorded(const std::string& duration, const std::string& script) {
  return {PROFILEGEN, "record", "--duration", duration, "--", "sh", "-c", script};
}

bool is_written(const Scratch& scratch) {
  return wait_until([&] { return scratch.exists("profilegen-trace.json"); });
}

}  // namespace

TEST_CASE("When the time is over the trace is written, and COMMAND goes on unrecorded to its own end") {
  const Scratch scratch;
  Background recording(
      scratch, recorded("300ms", "while [ ! -e go ]; do sleep 0.02; done; " + prog("denied_call") + " 145; exit 7"));
  REQUIRE(is_written(scratch));
  CHECK(recording.runs());
  const Trace trace = scratch.trace();
  CHECK(only_run(trace).marks == std::set<Mark>{Mark::shutdown_not_recorded});
  CHECK(app_calls(trace).count("execve") == 1);
  scratch.write("go", "");
  CHECK(recording.wait() == 7);
  CHECK(scratch.read("background.out").find("145 ") != std::string::npos);
  CHECK(app_calls(scratch.trace()).count("sched_getscheduler") == 0);
}

TEST_CASE("Signals are passed on to COMMAND after the recording, too") {
  const Scratch scratch;
  Background recording(scratch, recorded("200ms", "trap 'exit 9' TERM; while :; do sleep 0.02; done"));
  REQUIRE(is_written(scratch));
  recording.send(SIGTERM);
  CHECK(recording.wait() == 9);
}

TEST_CASE("A COMMAND that ends before its time ends the recording") {
  const Scratch scratch;
  CHECK(only_run(scratch.record({"true"}, {"--duration", "1h"})).marks.empty());
  CHECK(only_run(scratch.record({"sh", "-c", "exit 3"}, {"--duration", "1h30m"}, 3)).marks.empty());
}

TEST_CASE("A time that can't be kept is an error before COMMAND runs, and so is a wait that can't be set up") {
  const std::string refused = GENERATE("timerfd_create", "epoll_create1", "epoll_ctl");
  CAPTURE(refused);
  const Scratch scratch;
  scratch.write("filter.json", R"({"defaultAction":"SCMP_ACT_ALLOW","defaultErrnoRet":1,"syscalls":[{"names":[")" +
                                   refused + R"("],"action":"SCMP_ACT_ERRNO","errnoRet":24}]})");
  Words command{"timeout", "30", "/usr/bin/python3", LOAD_SECCOMP, "filter.json"};
  for (const std::string& word : recorded("1h", "touch ran")) command.push_back(word);
  const Outcome outcome = scratch.run(command);
  CHECK(outcome.status == 125);
  CHECK(outcome.err.find("Too many open files") != std::string::npos);
  CHECK_FALSE(scratch.exists("ran"));
}
