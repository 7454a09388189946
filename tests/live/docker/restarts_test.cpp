// SPDX-License-Identifier: Apache-2.0
// A container that is started again, by hand or by the engine, is the same container with one more run.
#include <catch2/catch.hpp>

#include "support/background.h"
#include "support/containers.h"

using namespace profilegen;

namespace {

const std::string kBusybox = "profilegen-test/busybox";

Words recorded(const Words& command) { return Words{PROFILEGEN, "record", "--"} + command; }

size_t times_in(const std::string& text, const std::string& part) {
  size_t found = 0;
  for (size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++found;
  return found;
}

bool printed(const Scratch& scratch, const Container& container, const std::string& text, size_t times) {
  return wait_until([&] { return times_in(scratch.run({"docker", "logs", container.name()}).out, text) >= times; });
}

/// All runs are of one container, and nothing of any is missing.
void check_one_container(const Trace& trace, size_t runs) {
  CHECK(trace.runs.size() == runs);
  for (const auto& [id, run] : trace.runs) {
    CHECK(run.subject.container_name == trace.runs.begin()->second.subject.container_name);
    CHECK(run.subject.container_id == trace.runs.begin()->second.subject.container_id);
    CHECK(run.marks.empty());
    CHECK(run.loss.empty());
  }
}

}  // namespace

TEST_CASE("`docker restart` of a container that is followed is one more run of it") {
  const Scratch scratch;
  const Container container(scratch, "restarted");
  Background recording(
      scratch, recorded(docker_run({"-d", "--name", container.name(), "-v", prog("denied_call") + ":/denied_call:ro"},
                                   kBusybox, {"sh", "-c", until_stopped()})));
  REQUIRE(printed(scratch, container, "ready", 1));
  REQUIRE(scratch.run({"docker", "restart", "--time", "20", container.name()}).status == 0);
  REQUIRE(printed(scratch, container, "ready", 2));
  CHECK(container.exec({"/denied_call", "145"}).status == 0);  // only the second start makes this call
  CHECK(container.stop() == 0);
  CHECK(recording.wait() == 0);
  const Trace trace = scratch.trace();
  check_one_container(trace, 2);
  CHECK(app_calls(trace).count("sched_getscheduler") == 1);
  const std::string said = scratch.read("background.out");
  INFO(said);
  CHECK(times_in(said, container.name() + " was started again, which is recorded as one more run of it") == 1);
  CHECK(said.find(container.name() + ", started 2 times: ") != std::string::npos);
  CHECK(scratch.emit().incomplete.empty());
}

TEST_CASE("A container that dies and comes again by its restart policy is followed to its last end") {
  const Scratch scratch;
  const Container container(scratch, "dying");
  const Words mode = GENERATE(Words{"-d"}, Words{});
  const Outcome outcome = scratch.profilegen(
      Words{"record", "--"} + docker_run(mode + Words{"--restart", "on-failure:2", "--name", container.name()},
                                         kBusybox, {"sh", "-c", "echo here; exit 3"}));
  // In the foreground the client ends at the first end. Its status is the container's at that time, which may already
  // have been started again.
  CHECK((outcome.status == 0 || (outcome.status == 3 && mode.empty())));
  const Trace trace = scratch.trace();
  check_one_container(trace, 3);
  CHECK(times_in(scratch.run({"docker", "logs", container.name()}).out, "here") == 3);
}

TEST_CASE("A container that is stopped and started again while it is recorded by its name has two runs") {
  const Scratch scratch;
  const Container container(scratch, "twice");
  const std::string& name = container.name();
  REQUIRE(scratch.run({"docker", "create", "--name", name, kBusybox, "sh", "-c", until_stopped()}).status == 0);
  const auto ready = [&](int times) {
    return "; until docker logs " + name + " | grep -c ready | grep -qx " + std::to_string(times) +
           "; do sleep 0.1; done; ";
  };
  const std::string start = "docker start " + name;
  const std::string stop = "docker stop " + name;
  const std::string tests = start + ready(1) + stop + "; sleep 3; " + start + ready(2) + stop;
  const Trace trace = scratch.record({"timeout", "60", "sh", "-ec", tests}, {"--container", name});
  check_one_container(trace, 2);
}

TEST_CASE("A container that has ended and is not started again ends the recording soon") {
  const Scratch scratch;
  const Container container(scratch, "ended");
  const Trace trace = scratch.record(docker_run({"--name", container.name()}, kBusybox, {"true"}));
  check_one_container(trace, 1);
}
