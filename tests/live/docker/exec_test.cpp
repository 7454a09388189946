// SPDX-License-Identifier: Apache-2.0
// `docker exec` into a recorded container, and into one that was running before the recording.
#include <catch2/catch.hpp>

#include "support/background.h"
#include "support/containers.h"

using namespace profilegen;

namespace {

const std::string kBusybox = "profilegen-test/busybox";
const std::string kTarget = "/denied_call";

Words mounted() { return {"-v", prog("denied_call") + ":" + kTarget + ":ro"}; }
Words waiting() { return {"sh", "-c", until_stopped()}; }

bool made_by(const Trace& trace, Phase phase, const std::string& name) {
  return trace.syscalls.count({phase, native_arch(), *syscall_number(native_arch(), name)}) != 0;
}

}  // namespace

TEST_CASE("What is executed in a recorded container counts for it") {
  const Scratch scratch;
  {
    const Container container(scratch, "exec");
    Background recording(scratch, Words{PROFILEGEN, "record", "--"} +
                                      docker_run(Words{"--name", container.name()} + mounted(), kBusybox, waiting()));
    REQUIRE(container.printed("ready"));
    CHECK(container.exec({kTarget, "145"}).out == "145 EINVAL\n");
    CHECK(container.stop() == 0);
    REQUIRE(recording.wait() == 0);
  }
  const Trace trace = scratch.trace();
  CHECK(only_run(trace).marks.empty());
  CHECK(made_by(trace, Phase::app, "sched_getscheduler"));
  CHECK(made_by(trace, Phase::runtime_exec, "execve"));
  CHECK(made_by(trace, Phase::runtime_run, "execve"));
  CHECK_FALSE(made_by(trace, Phase::runtime_exec, "sched_getscheduler"));

  (void)scratch.emit();
  const Container again(scratch, bundle_flags(scratch) + mounted(), kBusybox, waiting());
  REQUIRE(again.printed("ready"));
  // mincore was not recorded.
  CHECK(again.exec({kTarget, "145", "27"}).out == "145 EINVAL\n27 EPERM\n");
  CHECK(again.stop() == 0);
}

TEST_CASE("A container that ran before is recorded from now on, and said to be incomplete") {
  const Scratch scratch;
  const Container container(scratch, mounted(), kBusybox, waiting());
  REQUIRE(container.printed("ready"));
  const Words exec{"docker", "exec", container.name(), kTarget, "145"};
  const Trace trace = scratch.record(exec, {"--container", container.name()});
  CHECK(only_run(trace).subject.container_id == container.inspect("{{.Id}}"));
  CHECK(only_run(trace).marks == std::set<Mark>{Mark::attached_late, Mark::shutdown_not_recorded});
  CHECK(made_by(trace, Phase::app, "sched_getscheduler"));
  CHECK(made_by(trace, Phase::runtime_exec, "execve"));
  // The shell waits for a signal and its child waits for the clock, each in one call since before the recording.
  CHECK(made_by(trace, Phase::app, "rt_sigsuspend"));
  CHECK(made_by(trace, Phase::app, "clock_nanosleep"));
  CHECK(made_by(trace, Phase::app, "execve") == false);

  const Outcome refused = scratch.profilegen({"emit", "profilegen-trace.json"});
  CHECK(refused.status == 1);
  CHECK(refused.err.find("it already ran when the recording began") != std::string::npos);
  CHECK_FALSE(scratch.exists("profilegen-out"));
  CHECK(scratch.emit({"--allow-incomplete"}).incomplete.size() == 1);
  for (const char* file : {"seccomp.json", "profile.json", "mounts.txt", "apparmor.profile", "docker.flags"}) {
    INFO(file);
    CHECK(scratch.read(std::string("profilegen-out/") + file).find("incomplete") != std::string::npos);
  }
}

TEST_CASE("`record -- docker exec` records the container, and ends with the command") {
  const Scratch scratch;
  const Container container(scratch, mounted(), kBusybox, waiting());
  REQUIRE(container.printed("ready"));
  const Trace trace = scratch.record({"docker", "exec", container.name(), "sh", "-c", kTarget + " 145; exit 3"}, {}, 3);
  CHECK(only_run(trace).marks == std::set<Mark>{Mark::attached_late, Mark::shutdown_not_recorded});
  CHECK(made_by(trace, Phase::app, "sched_getscheduler"));
  CHECK(container.stop() == 0);
}

TEST_CASE("What is executed in a container without a filter counts, too") {
  const Scratch scratch;
  const Container container(scratch, "open");
  const Words options = Words{"-d", "--name", container.name(), "--security-opt", "seccomp=unconfined"} + mounted();
  Background recording(scratch, Words{PROFILEGEN, "record", "--"} + docker_run(options, kBusybox, waiting()));
  REQUIRE(container.printed("ready"));
  CHECK(container.exec({kTarget, "145"}).out == "145 EINVAL\n");
  const Trace late =
      scratch.record({"docker", "exec", container.name(), kTarget, "27"}, {"--container", container.name()});
  CHECK(made_by(late, Phase::app, "mincore"));
  CHECK(container.stop() == 0);
  REQUIRE(recording.wait() == 0);
  const Trace trace = scratch.trace();
  for (const char* name : {"sched_getscheduler", "mincore"}) CHECK(made_by(trace, Phase::app, name));
  // Calls that the runtime makes on its way into the container are not the application's.
  for (const char* name : {"setns", "capset", "unshare"}) {
    CHECK_FALSE(made_by(trace, Phase::app, name));
    CHECK_FALSE(made_by(late, Phase::app, name));
  }
  CHECK(runtime_calls(trace).empty());
}

TEST_CASE("The runtime can execute programs in a container although none was recorded") {
  const Words own = GENERATE(Words{}, Words{"--security-opt", "no-new-privileges"});
  const Scratch scratch;
  // Forks as the container under test does, so that all calls that its shell needs are known.
  (void)scratch.record(docker_run(Words{"--rm"} + own, kBusybox, {"sh", "-c", "echo ready; sleep 0.1 & wait"}));
  (void)scratch.emit();
  const Container container(scratch, own + bundle_flags(scratch), kBusybox,
                            {"sh", "-c", "echo ready; sleep 600 & wait"});
  REQUIRE(container.printed("ready"));
  CHECK(container.exec({"echo", "hello"}).out == "hello\n");
  CHECK(scratch.run({"docker", "exec", "--user", "1000", container.name(), "echo", "hello"}).out == "hello\n");
}
