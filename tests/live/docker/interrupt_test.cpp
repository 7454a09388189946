// SPDX-License-Identifier: Apache-2.0
// Ctrl-C on a terminal reaches both the client and the recorder, but the container only once.
#include <catch2/catch.hpp>

#include "support/background.h"
#include "support/containers.h"

using namespace profilegen;

namespace {
const std::string kBusybox = "profilegen-test/busybox";
const std::string kCtrlC = "\x03";
}  // namespace

TEST_CASE("Ctrl-C ends a container in the foreground, and its end is recorded") {
  const Scratch scratch;
  const Container container(scratch, "interrupted");
  const std::string script = "trap 'echo caught; exit 5' INT; echo ready; sleep 600 & wait";
  Terminal terminal(scratch, Words{PROFILEGEN, "record", "--"} +
                                 docker_run({"--name", container.name()}, kBusybox, {"sh", "-c", script}));
  REQUIRE(terminal.shows("ready"));
  terminal.type(kCtrlC);
  CHECK(terminal.wait() == 5);
  CHECK(scratch.run({"docker", "logs", container.name()}).out == "ready\ncaught\n");
  const Trace trace = scratch.trace();
  CHECK(only_run(trace).marks.empty());
  CHECK(app_calls(trace).count("rt_sigreturn") == 1);
}

TEST_CASE("Ctrl-C ends the following of a container in the background, which goes on") {
  const Scratch scratch;
  const Container container(scratch, "followed");
  Terminal terminal(scratch, Words{PROFILEGEN, "record", "--"} + docker_run({"-d", "--name", container.name()},
                                                                            kBusybox, {"sh", "-c", until_stopped()}));
  REQUIRE(terminal.shows("COMMAND has ended"));
  REQUIRE(container.printed("ready"));
  terminal.type(kCtrlC);
  CHECK(terminal.wait() == 0);
  CHECK(only_run(scratch.trace()).marks == std::set<Mark>{Mark::shutdown_not_recorded});
  CHECK(container.inspect("{{.State.Running}}") == "true");
}
