// SPDX-License-Identifier: Apache-2.0
// How a recording of `docker run` ends, and which files it leaves.
#include <catch2/catch.hpp>

#include "support/background.h"
#include "support/containers.h"

using namespace profilegen;

namespace {
const std::string kBusybox = "profilegen-test/busybox";
const Words kTrue{"true"};
}  // namespace

TEST_CASE("The exit status is the container's") {
  const Scratch scratch;
  const Trace trace = scratch.record(docker_run({"--rm"}, kBusybox, {"sh", "-c", "exit 3"}), {}, 3);
  CHECK(only_run(trace).marks.empty());
}

TEST_CASE("Where no container started, no trace is written and an older one stays") {
  const Scratch scratch;
  scratch.write("profilegen-trace.json", "older");
  const auto fails_with = [&](const Words& options, const std::string& image, const Words& command) {
    const Outcome outcome = scratch.profilegen(Words{"record", "--"} + docker_run(options, image, command));
    INFO(outcome.err);
    const bool kept = scratch.read("profilegen-trace.json") == "older";
    CHECK(kept);
    CHECK(outcome.err.find("no container was recorded") != std::string::npos);
    return outcome.status;
  };
  CHECK(fails_with({"--rm", "--pull=never"}, "profilegen-test/none", kTrue) == 125);
  CHECK(fails_with({"--rm", "--no-such-option"}, kBusybox, kTrue) == 125);
  // The runtime notices this after loading the filter, so calls of its own were recorded.
  CHECK(fails_with({"--rm"}, kBusybox, {"/no/such/program"}) == 127);
  CHECK(fails_with({"--rm"}, kBusybox, {"/etc/passwd"}) == 126);
}

TEST_CASE("A container that is killed has its trace") {
  const Scratch scratch;
  const Container container(scratch, "killed");
  Background recording(scratch, Words{PROFILEGEN, "record", "--"} +
                                    docker_run({"--name", container.name()}, kBusybox, {"sh", "-c", until_stopped()}));
  REQUIRE(container.printed("ready"));
  CHECK(scratch.run({"docker", "kill", container.name()}).status == 0);
  CHECK(recording.wait() == 137);
  const Trace trace = scratch.trace();
  CHECK(only_run(trace).marks == std::set<Mark>{Mark::ended_by_signal});
  CHECK(app_calls(trace).count("rt_sigaction") == 1);
}

TEST_CASE("The shortest container is recorded whole, each time") {
  const Scratch scratch;
  std::set<std::string> calls;
  for (int i = 0; i < 10; ++i) {
    const Trace trace = scratch.record(docker_run({"--rm"}, kBusybox, kTrue));
    std::map<std::string, std::string> origins;
    for (const Mount& mount : only_run(trace).mounts) origins[mount.path] = mount.origin;
    CHECK(origins["/"] == "image");
    for (const char* path : {"/proc", "/dev", "/sys", "/etc/hosts", "/etc/hostname", "/etc/resolv.conf"})
      CHECK(origins[path] == "engine");
    CHECK(only_run(trace).marks.empty());
    CHECK(only_run(trace).subject.image == kBusybox);
    CHECK(trace.files.count({"/bin/busybox", FileOp::EXEC}) == 1);
    if (i == 0) calls = app_calls(trace);
    CHECK(app_calls(trace) == calls);
  }
  CHECK(calls.count("exit_group") == 1);
}
