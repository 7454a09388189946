// SPDX-License-Identifier: Apache-2.0
// More containers than the recorder has room for, and what is left of them if the recorder is killed.
#include <catch2/catch.hpp>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <map>
#include <nlohmann/json.hpp>

#include "support/background.h"
#include "support/containers.h"

using namespace profilegen;
namespace fs = std::filesystem;

namespace {

const std::string kBusybox = "profilegen-test/busybox";

size_t count_files(const std::string& directory, const std::string& ending) {
  size_t count = 0;
  for (const auto& entry : fs::directory_iterator(directory)) count += entry.path().string().ends_with(ending) ? 1 : 0;
  return count;
}

void check_refused(const Scratch& scratch, const std::string& trace, const std::string& counter) {
  const Outcome refused = scratch.profilegen({"emit", trace});
  CHECK(refused.status == 1);
  CHECK(refused.err.find("(" + counter + ")") != std::string::npos);
  CHECK(scratch.profilegen({"emit", "--allow-incomplete", trace}).status == 0);
}

// Words to put before a command, for which `docker inspect` then does `act` first.
Words with_client(const Scratch& scratch, const std::string& act) {
  scratch.write("docker", "#!/bin/sh\n[ \"$1\" != inspect ] || " + act + "\nPATH=${PATH#*:} exec docker \"$@\"\n");
  fs::permissions(scratch.path() + "/docker", fs::perms::owner_all);
  return {"env", "PATH=" + scratch.path() + ":" + getenv("PATH")};
}

}  // namespace

TEST_CASE("Two hundred containers, eight at a time, have a trace each, and nothing is lost") {
  const Scratch scratch;
  const std::string base = unique_name("lots");
  const std::string run = "docker run --rm --network none --name " + base + "-{} " + kBusybox + " touch /{}";
  const Outcome outcome = scratch.profilegen(
      {"record", "--container", base + "-*", "-o", "traces/", "--", "sh", "-c", "seq 200 | xargs -P 8 -I{} " + run});
  INFO(outcome.err);
  REQUIRE(outcome.status == 0);
  CHECK(count_files(scratch.path() + "/traces", ".trace.json") == 200);
  for (int number = 1; number <= 200; ++number) {
    const Trace trace = scratch.trace("traces/" + base + "-" + std::to_string(number) + ".trace.json");
    CHECK(trace.files.count({"/" + std::to_string(number), FileOp::CREATE}) == 1);
    const Subject& subject = only_run(trace).subject;
    CHECK(subject.image == kBusybox);
    CHECK(subject.image_digest.starts_with("sha256:"));
    CHECK(subject.command == std::vector<std::string>{"touch", "/" + std::to_string(number)});
    CHECK(subject.runtime == "runc");
  }
}

TEST_CASE("A container beyond those that there is room for is counted in the traces of the others") {
  const Scratch scratch;
  const std::string base = unique_name("beyond");
  const std::string run = "docker run --rm --network none --name " + base;
  const Outcome outcome =
      scratch.profilegen({"record", "--sizes", "runs", "1", "--sizes", "cgroups", "1", "--container", base + "-*", "--",
                          "sh", "-c", run + "-1 " + kBusybox + " true && " + run + "-2 " + kBusybox + " true"});
  INFO(outcome.err);
  REQUIRE(outcome.status == 0);
  const auto trace = load_trace(scratch.path() + "/profilegen-trace.json");
  REQUIRE(trace);
  CHECK(only_run(*trace).subject.container_name == base + "-1");
  CHECK(only_run(*trace).loss.at("recordings") >= 1);
  check_refused(scratch, "profilegen-trace.json", "recordings");
}

TEST_CASE("The start of a container that found the ring buffer full is counted") {
  const Scratch scratch;
  const Container first(scratch, "first");
  const Container second(scratch, "second");
  Background recorder(scratch, {PROFILEGEN, "record", "--sizes", "events", "4096", "--container", first.name(),
                                "--container", second.name()});
  REQUIRE(wait_until([&] { return scratch.read("background.out").find("recording the") != std::string::npos; }));
  REQUIRE(
      scratch
          .run(docker_run({"-d", "--network", "none", "--name", first.name()}, kBusybox, {"sh", "-c", until_stopped()}))
          .status == 0);
  REQUIRE(first.printed("ready"));
  REQUIRE(wait_until([&] { return first.exec({"true"}).status == 0; }));
  recorder.send(SIGSTOP);
  REQUIRE(first.exec({"sh", "-c", "seq 300 | sed s,^,/tmp-file-, | xargs touch"}).status == 0);
  REQUIRE(scratch.run(docker_run({"--network", "none", "--name", second.name()}, kBusybox, {"true"})).status == 0);
  recorder.send(SIGCONT);
  first.stop();
  recorder.send(SIGINT);
  REQUIRE(recorder.wait() == 0);
  const auto trace = load_trace(scratch.path() + "/profilegen-trace.json");
  REQUIRE(trace);
  CHECK(only_run(*trace).subject.container_name == first.name());
  CHECK(only_run(*trace).loss.at("notices") >= 1);
  CHECK(only_run(*trace).loss.at("files") >= 1);
  check_refused(scratch, "profilegen-trace.json", "notices");
}

TEST_CASE("Of a killed recording of containers a directory is left, with a trace for each of them") {
  const Scratch scratch;
  const Container one(scratch, "one");
  const Container two(scratch, "two");
  Background recorder(scratch, {PROFILEGEN, "record", "--checkpoint", "100ms", "-o", "t.json", "--container",
                                one.name(), "--container", two.name()});
  REQUIRE(wait_until([&] { return scratch.read("background.out").find("recording the") != std::string::npos; }));
  for (const Container* container : {&one, &two})
    REQUIRE(scratch
                .run(docker_run({"-d", "--network", "none", "--name", container->name()}, kBusybox,
                                {"sh", "-c", until_stopped("touch /made")}))
                .status == 0);
  const auto saved = [&](const Container& container) {
    const auto trace = load_trace(scratch.path() + "/t.json.checkpoint/" + container.name() + ".trace.json");
    return trace && trace->files.count({"/made", FileOp::CREATE}) == 1 && !only_run(*trace).subject.runtime.empty() &&
           only_run(*trace).marks.count(Mark::interrupted) == 1;
  };
  CHECK(wait_until([&] { return saved(one) && saved(two); }));
  recorder.send(SIGKILL);
  CHECK(recorder.wait() == 128 + SIGKILL);
  CHECK(one.inspect("{{.State.Running}}") == "true");
  CHECK(count_files(scratch.path() + "/t.json.checkpoint", "") == 2);
  CHECK(scratch.profilegen({"emit", "--allow-incomplete", "t.json.checkpoint/" + one.name() + ".trace.json"}).status ==
        0);
}

TEST_CASE("A container that no engine knows any more is known by its files, wherever its engine keeps them") {
  const Scratch scratch;
  const Words client = with_client(scratch, "exit 1");
  const std::string name = unique_name("gone");
  const Outcome outcome =
      scratch.run(client + Words{PROFILEGEN, "record", "-o", "t.json", "--container", name, "--"} +
                  docker_run({"--rm", "--network", "none", "--name", name}, kBusybox, {"touch", "/made"}));
  INFO(outcome.err);
  REQUIRE(outcome.status == 0);
  const Trace trace = scratch.trace("t.json");
  const Subject subject = only_run(trace).subject;
  CHECK(subject.container_name == name);
  CHECK(subject.image == kBusybox);
}

TEST_CASE("A container is known by its files also when they are gone as soon as it starts") {
  const Scratch scratch;
  const std::string id(64, 'a');
  REQUIRE(scratch
              .run({"sh", "-ec",
                    "mkdir -p $0/rootfs; other=$(docker create " + kBusybox +
                        "); docker export $other | tar -x -C $0/rootfs; docker rm $other; cd $0; runc spec",
                    id})
              .status == 0);
  auto config = nlohmann::json::parse(scratch.read(id + "/config.json"));
  config["process"]["terminal"] = false;
  config["process"]["args"] = {"touch", "/dev/shm/made"};
  scratch.write(id + "/config.json", config.dump());
  const std::string script =
      "cd $0; runc --root \"$PWD/state\" create $0 </dev/null; sleep 0.5; rm config.json; "
      "runc --root \"$PWD/state\" start $0; sleep 0.5; runc --root \"$PWD/state\" delete $0";
  const Outcome outcome =
      scratch.profilegen({"record", "--all-containers", "-o", "traces/", "--", "sh", "-ec", script, id});
  INFO(outcome.err);
  REQUIRE(outcome.status == 0);
  const Trace trace = scratch.trace("traces/" + id.substr(0, 12) + ".trace.json");
  CHECK(trace.files.count({"/dev/shm/made", FileOp::CREATE}) == 1);
  CHECK(only_run(trace).subject.command == std::vector<std::string>{"touch", "/dev/shm/made"});
}

TEST_CASE("What its image has is known of a container that no engine knows any more") {
  const Scratch scratch;
  const Outcome outcome =
      scratch.run(with_client(scratch, "exit 1") + Words{PROFILEGEN, "record", "-o", "t.json", "--"} +
                  docker_run({"--rm", "--network", "none"}, "profilegen-test/places",
                             {"sh", "-c", "echo x >/srv/content/new; echo x >/srv/empty/new"}));
  INFO(outcome.err);
  REQUIRE(outcome.status == 0);
  std::map<std::string, bool> has_content;
  const Trace trace = scratch.trace("t.json");
  for (const auto& directory : only_run(trace).directories) has_content[directory.path] = directory.has_content;
  CHECK(has_content.at("/srv/content"));
  CHECK_FALSE(has_content.at("/srv/empty"));
}

TEST_CASE("A container that does nothing any more when its engine answers has its checkpoint") {
  const Scratch scratch;
  const Container container(scratch, "late-answer");
  Background recorder(
      scratch, with_client(scratch, "sleep 2") + Words{PROFILEGEN, "record", "--checkpoint", "100ms", "-o", "t.json",
                                                       "--container", container.name()});
  REQUIRE(wait_until([&] { return scratch.read("background.out").find("recording the") != std::string::npos; }));
  REQUIRE(scratch
              .run(docker_run({"-d", "--network", "none", "--name", container.name()}, kBusybox,
                              {"sh", "-c", until_stopped()}))
              .status == 0);
  CHECK(wait_until([&] {
    return scratch.exists("t.json.checkpoint") && count_files(scratch.path() + "/t.json.checkpoint", "") == 1;
  }));
}
