// SPDX-License-Identifier: Apache-2.0
// `record --all-containers`, and `record --pid` with a process in a container.
#include <catch2/catch.hpp>
#include <csignal>

#include "support/background.h"
#include "support/containers.h"

using namespace profilegen;

namespace {

const std::string kBusybox = "profilegen-test/busybox";

std::string trace_of(const Container& container) { return "traces/" + container.name() + ".trace.json"; }

bool records(const Scratch& scratch) {
  return wait_until([&] { return scratch.read("background.out").find("recording") != std::string::npos; });
}

}  // namespace

TEST_CASE("Every container is recorded, those that run already among them, until a signal") {
  const Scratch scratch;
  const Container running(scratch, {}, kBusybox, {"sh", "-c", until_stopped()});
  REQUIRE(running.printed("ready"));
  Background recording(scratch, {PROFILEGEN, "record", "--all-containers", "-o", "traces/"});
  REQUIRE(records(scratch));
  const Container started(scratch, "all");
  REQUIRE(scratch.run(docker_run({"--name", started.name()}, kBusybox, {"true"})).status == 0);
  recording.send(SIGTERM);
  CHECK(recording.wait() == 0);
  const Trace late = scratch.trace(trace_of(running));
  CHECK(only_run(late).marks == std::set<Mark>{Mark::attached_late, Mark::shutdown_not_recorded});
  CHECK(only_run(late).subject.engine == "docker");
  const Trace whole = scratch.trace(trace_of(started));
  CHECK(only_run(whole).marks.empty());
  CHECK(only_run(whole).subject.engine == "docker");
  CHECK(app_calls(whole).count("exit_group") == 1);
}

TEST_CASE("With COMMAND every container is recorded as long as it runs, and with --duration no longer than that") {
  const Scratch scratch;
  const Container first(scratch, "all-first");
  const Container second(scratch, "all-second");
  const auto run = [](const Container& container) { return "docker run --name " + container.name() + " " + kBusybox; };
  const std::string script =
      run(first) + " true && touch done && while [ ! -e go ]; do sleep 0.02; done && " + run(second) + " true";
  Background recording(scratch, {PROFILEGEN, "record", "--all-containers", "--duration", "8s", "-o", "traces/", "--",
                                 "sh", "-c", script});
  REQUIRE(wait_until([&] { return scratch.exists(trace_of(first)); }));
  CHECK(scratch.exists("done"));
  scratch.write("go", "");
  CHECK(recording.wait() == 0);
  CHECK(only_run(scratch.trace(trace_of(first))).marks.empty());
  CHECK(second.has_ended());
  CHECK_FALSE(scratch.exists(trace_of(second)));
}

TEST_CASE("A process in a container is a tree of its own: paths as it sees them, and nothing that exec brings in") {
  const Scratch scratch;
  const Container container(scratch, {}, kBusybox,
                            {"sh", "-c", "echo ready; while [ ! -e /go ]; do sleep 0.05; done; echo x > /made"});
  REQUIRE(container.printed("ready"));
  Background recording(scratch, {PROFILEGEN, "record", "--pid", container.inspect("{{.State.Pid}}")});
  REQUIRE(records(scratch));
  REQUIRE(container.exec({"touch", "/by-exec", "/go"}).status == 0);
  CHECK(recording.wait() == 0);
  const Trace trace = scratch.trace();
  CHECK(writes(trace).count("create /made") == 1);
  CHECK(writes(trace).count("create /by-exec") == 0);
  CHECK(only_run(trace).marks == std::set<Mark>{Mark::attached_late});
  CHECK(only_run(trace).subject.container_id.empty());
}
