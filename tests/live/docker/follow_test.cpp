// SPDX-License-Identifier: Apache-2.0
// Containers that outlive the client are recorded until they stop, or until the recording is ended.
#include <catch2/catch.hpp>
#include <csignal>

#include "support/background.h"
#include "support/containers.h"

using namespace profilegen;

namespace {

const std::string kBusybox = "profilegen-test/busybox";

Words mounted() { return {"-v", prog("denied_call") + ":/denied_call:ro"}; }
Words waiting() { return {"sh", "-c", until_stopped()}; }

Words recorded(const Words& command) { return Words{PROFILEGEN, "record", "--"} + command; }

// The client has ended, and the recording continues.
bool follows(const Scratch& scratch) {
  return wait_until([&] { return scratch.read("background.out").find("COMMAND has ended") != std::string::npos; });
}

}  // namespace

TEST_CASE("`docker run -d` is followed until the container stops") {
  const Scratch scratch;
  const Container container(scratch, "detached");
  Background recording(scratch,
                       recorded(docker_run(Words{"-d", "--name", container.name()} + mounted(), kBusybox, waiting())));
  REQUIRE(follows(scratch));
  REQUIRE(container.printed("ready"));
  CHECK(container.exec({"/denied_call", "145"}).status == 0);
  CHECK(recording.runs());
  CHECK(container.stop() == 0);
  CHECK(recording.wait() == 0);
  const Trace trace = scratch.trace();
  CHECK(only_run(trace).marks.empty());
  CHECK(app_calls(trace).count("sched_getscheduler") == 1);
  CHECK(app_calls(trace).count("rt_sigreturn") == 1);  // from the handler of the signal that ended it
}

TEST_CASE("A signal ends the following, and the trace says that the shutdown is missing") {
  const Scratch scratch;
  const Container container(scratch, "signalled");
  Background recording(scratch, recorded(docker_run({"-d", "--name", container.name()}, kBusybox, waiting())));
  REQUIRE(follows(scratch));
  REQUIRE(container.printed("ready"));
  const int signal = GENERATE(SIGTERM, SIGINT);
  recording.send(signal);
  CHECK(recording.wait() == 0);
  CHECK(only_run(scratch.trace()).marks == std::set<Mark>{Mark::shutdown_not_recorded});
  CHECK(container.inspect("{{.State.Running}}") == "true");

  const Profile profile = scratch.emit();  // recording so is common, so emit must not refuse
  REQUIRE_FALSE(profile.notes.empty());
  CHECK(profile.notes.front().find("still ran when the recording ended") != std::string::npos);
}

TEST_CASE("`docker start` is recorded as `docker run` is") {
  const Scratch scratch;
  const Container container(scratch, "started");
  const Words create{"docker", "create", "--name", container.name(), kBusybox, "sh", "-c", "echo hello; exit 4"};
  REQUIRE(scratch.run(create).status == 0);
  const Trace attached = scratch.record({"docker", "start", "--attach", container.name()}, {}, 4);
  CHECK(only_run(attached).marks.empty());
  CHECK(app_calls(attached).count("write") == 1);
  // Without --attach, the client neither waits nor knows the exit status, but the recording waits.
  const Trace followed = scratch.record({"docker", "start", container.name()});
  CHECK(only_run(followed).marks.empty());
  CHECK(app_calls(followed) == app_calls(attached));
  CHECK(only_run(followed).subject.container_name == container.name());
}

TEST_CASE("`docker restart` is recorded from the new start on") {
  const Scratch scratch;
  const Container container(scratch, {}, kBusybox, waiting());
  REQUIRE(container.printed("ready"));
  Background recording(scratch, recorded({"docker", "restart", "--time", "20", container.name()}));
  REQUIRE(follows(scratch));
  REQUIRE(wait_until([&] {
    const std::string logs = scratch.run({"docker", "logs", container.name()}).out;
    return logs.find("ready") != logs.rfind("ready");
  }));
  CHECK(container.stop() == 0);
  CHECK(recording.wait() == 0);
  const Trace trace = scratch.trace();
  CHECK(only_run(trace).marks.empty());
  CHECK(runtime_calls(trace).count("execve") == 1);
  CHECK(scratch.emit().incomplete.empty());
}
