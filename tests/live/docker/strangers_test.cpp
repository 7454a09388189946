// SPDX-License-Identifier: Apache-2.0
// Containers that start during the recording but were not asked for do not appear in any trace.
#include <catch2/catch.hpp>

#include "support/background.h"
#include "support/containers.h"

using namespace profilegen;

namespace {

const std::string kBusybox = "profilegen-test/busybox";

// Makes a call that identifies the container, and a file named by it.
Words one_call(const std::string& number) {
  return {"sh", "-c", until_stopped("/denied_call " + number + "; touch /tmp/" + number)};
}
Words mounted() { return {"-v", prog("denied_call") + ":/denied_call:ro"}; }

// A command that runs until the file `done` exists. The file `ready` tells that recording has begun.
const Words kUntilDone{"sh", "-c", "touch ready; until [ -e done ]; do sleep 0.05; done"};

}  // namespace

TEST_CASE("Of two containers only the one that matches is recorded") {
  const Scratch scratch;
  const Container wanted(scratch, "wanted");
  const Container stranger(scratch, "stranger");
  Background recording(scratch, Words{PROFILEGEN, "record", "--container", "*live-wanted*", "--"} + kUntilDone);
  REQUIRE(wait_until([&] { return scratch.exists("ready"); }));
  const auto start = [&](const Container& container, const std::string& call) {
    const Words options = Words{"-d", "--name", container.name()} + mounted();
    REQUIRE(scratch.run(docker_run(options, kBusybox, one_call(call))).status == 0);
  };
  start(stranger, "27");
  start(wanted, "145");
  CHECK(wanted.printed("ready"));
  CHECK(stranger.printed("ready"));
  CHECK(wanted.stop() == 0);
  CHECK(stranger.stop() == 0);
  scratch.write("done", "");
  REQUIRE(recording.wait() == 0);

  const Trace trace = scratch.trace();
  CHECK(only_run(trace).subject.container_name == wanted.name());
  CHECK(app_calls(trace).count("sched_getscheduler") == 1);
  CHECK(app_calls(trace).count("mincore") == 0);
  CHECK(writes(trace).count("create /tmp/145") == 1);
  CHECK(writes(trace).count("create /tmp/27") == 0);
}

TEST_CASE("A container that something else starts meanwhile is no part of `record -- docker run`") {
  const Scratch scratch;
  const Container recorded(scratch, "recorded");
  Background recording(scratch,
                       Words{PROFILEGEN, "record", "--"} +
                           docker_run(Words{"--name", recorded.name()} + mounted(), kBusybox, one_call("145")));
  REQUIRE(recorded.printed("ready"));
  {
    const Container stranger(scratch, mounted(), kBusybox, one_call("27"));
    REQUIRE(stranger.printed("ready"));
    CHECK(stranger.stop() == 0);
  }
  CHECK(recorded.stop() == 0);
  REQUIRE(recording.wait() == 0);
  const Trace trace = scratch.trace();
  CHECK(only_run(trace).subject.container_name == recorded.name());
  CHECK(app_calls(trace).count("sched_getscheduler") == 1);
  CHECK(app_calls(trace).count("mincore") == 0);
}

TEST_CASE("Several containers that match have a trace each") {
  const Scratch scratch;
  const Container first(scratch, "several");
  const Container second(scratch, "several");
  Background recording(
      scratch, Words{PROFILEGEN, "record", "-o", "traces/", "--container", "*-live-several-*", "--"} + kUntilDone);
  REQUIRE(wait_until([&] { return scratch.exists("ready") || !recording.runs(); }));
  for (const Container* container : {&first, &second}) {
    const Words options = Words{"-d", "--name", container->name()} + mounted();
    REQUIRE(scratch.run(docker_run(options, kBusybox, one_call(container == &first ? "145" : "27"))).status == 0);
  }
  for (const Container* container : {&first, &second}) {
    REQUIRE(container->printed("ready"));
    CHECK(container->stop() == 0);
  }
  scratch.write("done", "");
  REQUIRE(recording.wait() == 0);
  const Trace one = scratch.trace("traces/" + first.name() + ".trace.json");
  const Trace other = scratch.trace("traces/" + second.name() + ".trace.json");
  CHECK(only_run(one).subject.container_name == first.name());
  CHECK(only_run(other).subject.container_name == second.name());
  CHECK(app_calls(one).count("mincore") == 0);
  CHECK(app_calls(other).count("sched_getscheduler") == 0);
}
