// SPDX-License-Identifier: Apache-2.0
// `record --container`: which containers match, and containers that start several times or outlive COMMAND.
#include <catch2/catch.hpp>
#include <csignal>

#include "support/background.h"
#include "support/containers.h"

using namespace profilegen;

namespace {

const std::string kBusybox = "profilegen-test/busybox";
const Words kWaiting{"sh", "-c", until_stopped()};

// A name for an image, removed at the end of the test.
class Tag {
 public:
  explicit Tag(const Scratch& scratch) : scratch_(scratch), name_(unique_name("image")) {
    REQUIRE(scratch.run({"docker", "tag", kBusybox, name_}).status == 0);
  }
  Tag(const Tag&) = delete;
  Tag& operator=(const Tag&) = delete;
  ~Tag() { (void)scratch_.run({"docker", "rmi", name_}); }
  [[nodiscard]] const std::string& name() const { return name_; }

 private:
  const Scratch& scratch_;
  std::string name_;
};

}  // namespace

TEST_CASE("A container is found by its image, its id and the beginning of it") {
  const Scratch scratch;
  const Tag tag(scratch);
  const Container container(scratch, {}, tag.name(), kWaiting);
  REQUIRE(container.printed("ready"));
  const std::string id = container.inspect("{{.Id}}");
  for (const std::string& pattern :
       {tag.name(), tag.name().substr(0, tag.name().size() - 1) + "?", id, id.substr(0, 12)}) {
    INFO(pattern);
    const Trace trace = scratch.record({"true"}, {"--container", pattern});
    CHECK(only_run(trace).subject.container_id == id);
    CHECK(only_run(trace).subject.image == tag.name());
  }
}

TEST_CASE("Where nothing matches, that is said, with COMMAND's status or our own") {
  const Scratch scratch;
  const Container other(scratch, {}, kBusybox, kWaiting);
  const Words options{"record", "--container", unique_name("nobody"), "--", "sh", "-c"};
  const Outcome passed = scratch.profilegen(options + Words{"exit 0"});
  CHECK(passed.status == 125);
  CHECK(passed.err.find("no container was recorded") != std::string::npos);
  CHECK(scratch.profilegen(options + Words{"exit 9"}).status == 9);
  CHECK_FALSE(scratch.exists("profilegen-trace.json"));
}

TEST_CASE("A container that starts twice has one trace of two runs") {
  const Scratch scratch;
  const Container container(scratch, "twice");
  const std::string create = "docker create --name " + container.name() + " " + kBusybox + " sh -c 'echo hello' && ";
  const std::string start = "docker start --attach " + container.name();
  const Trace trace = scratch.record({"sh", "-c", create + start + " && " + start}, {"--container", container.name()});
  REQUIRE(trace.runs.size() == 2);
  for (const auto& [id, run] : trace.runs) {
    CHECK(run.marks.empty());
    CHECK(run.subject.container_name == container.name());
  }
  CHECK(trace.syscalls.at({Phase::app, native_arch(), 1}).runs.size() == 2);  // write
  CHECK(scratch.emit().incomplete.empty());
}

TEST_CASE("A container that goes on when the tests end lacks its shutdown only") {
  const Scratch scratch;
  const Container container(scratch, "goes-on");
  const std::string start = "docker run -d --name " + container.name() + " " + kBusybox + " sh -c '";
  const Trace trace =
      scratch.record({"sh", "-c", start + "echo hello; exec sleep 600'"}, {"--container", container.name()});
  CHECK(only_run(trace).marks == std::set<Mark>{Mark::shutdown_not_recorded});
  CHECK(container.inspect("{{.State.Running}}") == "true");
}

TEST_CASE("Without a command, containers are recorded until a signal") {
  const Scratch scratch;
  const Container container(scratch, "no-command");
  Background recording(scratch, {PROFILEGEN, "record", "--container", container.name()});
  REQUIRE(wait_until([&] { return scratch.read("background.out").find("recording") != std::string::npos; }));
  REQUIRE(scratch.run(docker_run({"--name", container.name()}, kBusybox, {"true"})).status == 0);
  recording.send(GENERATE(SIGTERM, SIGINT));
  CHECK(recording.wait() == 0);
  CHECK(only_run(scratch.trace()).marks.empty());
}

TEST_CASE("The user's own --cidfile is kept") {
  const Scratch scratch;
  const Container container(scratch, "cidfile");
  const Trace trace = scratch.record(docker_run({"--cidfile", "id", "--name", container.name()}, kBusybox, {"true"}));
  CHECK(scratch.read("id") == container.inspect("{{.Id}}"));
  CHECK(only_run(trace).subject.container_id == scratch.read("id"));
}
