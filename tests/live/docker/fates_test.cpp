// SPDX-License-Identifier: Apache-2.0
// What can happen to recorded containers: they are frozen, killed, share the host's processes, or start many at once.
#include <catch2/catch.hpp>

#include "support/background.h"
#include "support/containers.h"

using namespace profilegen;

namespace {

const std::string kBusybox = "profilegen-test/busybox";

Words recorded(const Words& command) { return Words{PROFILEGEN, "record", "-o", "t.json", "--"} + command; }

bool made(const Trace& trace, const std::string& path) { return trace.files.count({path, FileOp::CREATE}) == 1; }

}  // namespace

TEST_CASE("A container that is paused is recorded before and after") {
  const Scratch scratch;
  const Container container(scratch, "paused");
  Background recording(scratch, recorded(docker_run({"-d", "--network", "none", "--name", container.name()}, kBusybox,
                                                    {"sh", "-c", until_stopped("touch /before")})));
  REQUIRE(wait_until([&] { return container.printed("ready"); }));
  REQUIRE(scratch.run({"docker", "pause", container.name()}).status == 0);
  CHECK(recording.runs());
  REQUIRE(scratch.run({"docker", "unpause", container.name()}).status == 0);
  CHECK(container.exec({"touch", "/after"}).status == 0);
  CHECK(container.stop() == 0);
  CHECK(recording.wait() == 0);
  const Trace trace = scratch.trace("t.json");
  CHECK(made(trace, "/before"));
  CHECK(made(trace, "/after"));
  CHECK(only_run(trace).marks.empty());
}

TEST_CASE("Of a container that is killed all is recorded that it did") {
  const Scratch scratch;
  const Container container(scratch, "killed");
  Background recording(scratch, recorded(docker_run({"-d", "--network", "none", "--name", container.name()}, kBusybox,
                                                    {"sh", "-c", "touch /made; echo ready; sleep 1000 & wait"})));
  REQUIRE(wait_until([&] { return container.printed("ready"); }));
  REQUIRE(scratch.run({"docker", "kill", container.name()}).status == 0);
  CHECK(recording.wait() == 0);
  const Trace trace = scratch.trace("t.json");
  CHECK(made(trace, "/made"));
  CHECK(app_calls(trace).count("wait4") == 1);
}

TEST_CASE("A container among the host's processes is recorded, and nothing of the host") {
  const Scratch scratch;
  const Background host(scratch, {"sh", "-c", "while :; do touch on-host; sleep 0.01; done"}, "host.out");
  const Outcome outcome =
      scratch.profilegen(Words{"record", "--"} + docker_run({"--rm", "--pid", "host", "--network", "none"}, kBusybox,
                                                            {"sh", "-c", "touch /made; ps | grep -q on-host"}));
  INFO(outcome.err);
  const Trace trace = scratch.trace();
  CHECK(made(trace, "/made"));
  for (const auto& [key, fact] : trace.files) CHECK(key.path.find("on-host") == std::string::npos);
  (void)scratch.emit();
  const Words flags = bundle_flags(scratch) + Words{"--rm", "--pid", "host", "--network", "none"};
  CHECK(scratch.run(docker_run(flags, kBusybox, {"sh", "-c", "touch /made"})).status == 0);
  CHECK(scratch.run(docker_run(flags, kBusybox, {"sh", "-c", "chroot / true"})).status != 0);
}

TEST_CASE("The recorder goes before others, and COMMAND does not") {
  const Scratch scratch;
  const std::string own = scratch.run({"nice"}).out;
  CHECK(own == "0\n");
  const std::string show = "nice; cut -d ' ' -f 19 /proc/$PPID/stat";
  const Outcome outcome = scratch.profilegen({"record", "--container", "none-*", "--", "sh", "-c", show});
  INFO(outcome.err);
  CHECK(outcome.out == own + "-10\n");
}

TEST_CASE("Fifty containers at once have a trace each, with what they did themselves and nothing else") {
  const Scratch scratch;
  const std::string base = unique_name("crowd");
  const std::string run = "docker run --rm --network none --name " + base + "-{} " + kBusybox + " touch /{}";
  const Outcome outcome = scratch.profilegen(
      {"record", "--container", base + "-*", "-o", "traces/", "--", "sh", "-c", "seq 50 | xargs -P 50 -I{} " + run});
  INFO(outcome.err);
  REQUIRE(outcome.status == 0);
  for (int number = 1; number <= 50; ++number) {
    const Trace trace = scratch.trace("traces/" + base + "-" + std::to_string(number) + ".trace.json");
    const std::string own = "/" + std::to_string(number);
    CHECK(writes(trace) == std::set<std::string>{"create " + own, "write " + own});
  }
}
