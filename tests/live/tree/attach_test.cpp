// SPDX-License-Identifier: Apache-2.0
// `record --pid`: a running process with all its threads and descendants.
#include <catch2/catch.hpp>
#include <csignal>

#include "support/background.h"
#include "tree/gate.h"

using namespace profilegen;

namespace {

// The process id that the program prints after "ready".
std::string pid_of(const Scratch& scratch) {
  std::string text;
  REQUIRE(wait_until([&] {
    text = scratch.read("background.out");
    return text.starts_with("ready ") && text.ends_with('\n');
  }));
  return text.substr(6, text.find('\n') - 6);
}

bool records(const Scratch& scratch) {
  return wait_until([&] { return scratch.read("record.out").find("recording process") != std::string::npos; });
}

// Prints "ready", waits for the file `go`, then runs a script.
Words waiting(const std::string& script) {
  return {"sh", "-c", "echo ready $$; while [ ! -e go ]; do sleep 0.02; done; " + script};
}

}  // namespace

TEST_CASE("Of a running process every thread and descendant is recorded, from now on") {
  const Scratch scratch;
  const Background work(scratch, {prog("at_work")});
  const Outcome outcome = scratch.profilegen({"record", "--pid", pid_of(scratch), "--duration", "500ms"});
  INFO(outcome.err);
  REQUIRE(outcome.status == 0);
  const Trace trace = scratch.trace();
  const auto calls = app_calls(trace);
  CHECK(calls.count("sched_getscheduler") == 1);  // by a thread
  CHECK(calls.count("getpgid") == 1);             // by its child
  CHECK(calls.count("getsid") == 1);              // by the grandchild
  CHECK(calls.count("pause") == 1);               // by a thread that was blocked in it all the time
  CHECK(calls.count("personality") == 0);         // only before the recording
  CHECK(only_run(trace).marks == std::set<Mark>{Mark::attached_late, Mark::shutdown_not_recorded});
  CHECK(only_run(trace).subject.command == Words{prog("at_work")});
  CHECK(only_run(trace).subject.container_id.empty());
}

TEST_CASE("A call through the 32-bit gate that a thread was blocked in all the time is one of the i386 table") {
  if (!has_32_bit_gate()) return;
  const Scratch scratch;
  const Background work(scratch, {prog("int80"), "pause"});
  const Outcome outcome = scratch.profilegen({"record", "--pid", pid_of(scratch), "--duration", "300ms"});
  INFO(outcome.err);
  REQUIRE(outcome.status == 0);
  const Trace trace = scratch.trace();
  CHECK(trace.syscalls.contains({Phase::app, Arch::x86, *syscall_number(Arch::x86, "pause")}));
  CHECK(app_calls(trace).empty());
}

TEST_CASE("A running process is recorded until it ends, with what it starts meanwhile") {
  const Scratch scratch;
  Background work(scratch, waiting(prog("denied_call") + " 145; exec touch made"));
  Background recording(scratch, {PROFILEGEN, "record", "--pid", pid_of(scratch)}, "record.out");
  REQUIRE(records(scratch));
  scratch.write("go", "");
  CHECK(recording.wait() == 0);
  CHECK(work.wait() == 0);
  const Trace trace = scratch.trace();
  CHECK(only_run(trace).marks == std::set<Mark>{Mark::attached_late});
  CHECK(app_calls(trace).count("sched_getscheduler") == 1);
  CHECK(writes(trace).count("create " + scratch.path() + "/made") == 1);
}

TEST_CASE("Of a process that starts others all the time none is lost when it is attached to") {
  const Scratch scratch;
  scratch.write("on", "");
  const std::string loops = "for i in 1 2 3 4; do while [ -e on ]; do /bin/true; done & done";
  Background work(scratch, {"sh", "-c", "echo ready $$; " + loops + "; wait"});
  for (int i = 0; i < 20; ++i) {
    const Outcome outcome = scratch.profilegen({"record", "--pid", pid_of(scratch), "--duration", "50ms"});
    INFO(outcome.err);
    REQUIRE(outcome.status == 0);
    CHECK(app_calls(scratch.trace()).count("execve") == 1);
  }
  REQUIRE(scratch.run({"rm", "on"}).status == 0);
  CHECK(work.wait() == 0);
}

TEST_CASE("A signal ends the recording of a running process, and the process goes on") {
  const Scratch scratch;
  Background work(scratch, {prog("at_work")});
  Background recording(scratch, {PROFILEGEN, "record", "--pid", pid_of(scratch)}, "record.out");
  REQUIRE(records(scratch));
  recording.send(GENERATE(SIGINT, SIGTERM));
  CHECK(recording.wait() == 0);
  CHECK(work.runs());
  CHECK(only_run(scratch.trace()).marks.count(Mark::attached_late) == 1);
}

TEST_CASE("The recorder is no part of the tree that it was started from") {
  const Scratch scratch;
  const std::string record = std::string(PROFILEGEN) + " record --pid $$ --duration 300ms; status=$?";
  const Outcome outcome = scratch.run({"sh", "-c", record + "; exit $status"});
  INFO(outcome.err);
  REQUIRE(outcome.status == 0);
  const auto calls = app_calls(scratch.trace());
  CHECK(calls.count("wait4") == 1);  // the shell was blocked in it
  CHECK(calls.count("epoll_wait") == 0);
  CHECK(calls.count("bpf") == 0);
}
