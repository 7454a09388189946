// SPDX-License-Identifier: Apache-2.0
// A container that was recorded until it was killed ends by itself under its policy, is stopped, paused and signalled.
#include <algorithm>
#include <catch2/catch.hpp>

#include "support/background.h"
#include "support/containers.h"

using namespace profilegen;

namespace {

const std::string kBusybox = "profilegen-test/busybox";

Words mounted() { return {"-v", prog("endings") + ":/endings:ro", "--network", "none"}; }

// Records a container that waits by the last of these acts, and kills it meanwhile.
Trace record_until_killed(const Scratch& scratch, const Words& acts) {
  const Container container(scratch, "killed");
  Background recording(scratch, Words{PROFILEGEN, "record", "--"} +
                                    docker_run(mounted() + Words{"-d", "--name", container.name()}, kBusybox, acts));
  REQUIRE(wait_until([&] { return container.printed("ready"); }));
  REQUIRE(scratch.run({"docker", "rm", "-f", container.name()}).status == 0);
  REQUIRE(recording.wait() == 0);
  return scratch.trace();
}

// Runs it under the policy, and pauses and signals it while it waits. What it printed at its end.
std::string ends_by_itself(const Scratch& scratch, const Words& acts, bool pause, const std::string& signal) {
  const Container container(scratch, mounted() + bundle_flags(scratch), kBusybox, acts);
  REQUIRE(wait_until([&] { return container.printed("ready"); }));
  if (pause) {
    REQUIRE(scratch.run({"docker", "pause", container.name()}).status == 0);
    REQUIRE(scratch.run({"docker", "unpause", container.name()}).status == 0);
  }
  if (!signal.empty()) REQUIRE(scratch.run({"docker", "kill", "-s", signal, container.name()}).status == 0);
  REQUIRE(wait_until([&] { return container.has_ended(); }));
  return container.inspect("{{.State.ExitCode}}") + scratch.run({"docker", "logs", container.name()}).out;
}

}  // namespace

TEST_CASE("What was killed while recording ends by itself under its policy, and goes on after a pause") {
  const std::string wait = GENERATE("sleep", "poll", "futex");
  CAPTURE(wait);
  const Scratch scratch;
  const Trace trace = record_until_killed(scratch, {"/endings", "5", wait});
  CHECK(only_run(trace).marks == std::set<Mark>{Mark::ended_by_signal});
  CHECK_FALSE(app_calls(trace).contains("exit_group"));
  CHECK_FALSE(app_calls(trace).contains("restart_syscall"));
  const Profile profile = scratch.emit();
  CHECK(std::ranges::any_of(profile.notes, [](const std::string& note) {
    return note.find("a signal killed its first process") != std::string::npos;
  }));
  CHECK(ends_by_itself(scratch, {"/endings", "5", wait}, true, "") == "0ready\nended\n");
}

TEST_CASE("A signal that no recording saw is handled under the policy") {
  const Scratch scratch;
  (void)record_until_killed(scratch, {"/endings", "catch", "wait"});
  (void)scratch.emit();
  CHECK(ends_by_itself(scratch, {"/endings", "catch", "wait"}, false, "TERM") == "0ready\nended\n");
}

TEST_CASE("A thread that lived as long as the recording ends under the policy") {
  const Scratch scratch;
  const Trace trace = record_until_killed(scratch, {"/endings", "5", "thread"});
  CHECK_FALSE(app_calls(trace).contains("exit"));
  (void)scratch.emit();
  CHECK(ends_by_itself(scratch, {"/endings", "5", "thread"}, false, "") == "0ready\nended\n");
}

TEST_CASE("A container that ends by itself is not marked, nor one that its handler ends") {
  const Scratch scratch;
  const Trace itself = scratch.record(docker_run(mounted() + Words{"--rm"}, kBusybox, {"/endings", "select"}));
  CHECK(only_run(itself).marks.empty());
  const Container container(scratch, "stopped");
  Background recording(
      scratch, Words{PROFILEGEN, "record", "--"} + docker_run(mounted() + Words{"-d", "--name", container.name()},
                                                              kBusybox, {"/endings", "catch", "wait"}));
  REQUIRE(wait_until([&] { return container.printed("ready"); }));
  CHECK(container.stop() == 0);
  CHECK(recording.wait() == 0);
  CHECK(only_run(scratch.trace()).marks.empty());
}

TEST_CASE("A container that already ran when the recording began returns from its handlers") {
  const Scratch scratch;
  const Container container(scratch, mounted(), kBusybox, {"/endings", "catch", "wait"});
  REQUIRE(wait_until([&] { return container.printed("ready"); }));
  (void)scratch.run({PROFILEGEN, "record", "--container", container.name(), "--duration", "1s"});
  const Trace trace = scratch.trace();
  CHECK(trace.behaviours.contains({Behaviour::SIGNAL_HANDLER, native_arch(), kNoSyscall}));
  CHECK(container.stop() == 0);
}
