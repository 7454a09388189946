// SPDX-License-Identifier: Apache-2.0
// Every way to change a file, compared with two witnesses: the program itself prints what it did, and `docker diff`
// shows what changed.
#include <algorithm>
#include <catch2/catch.hpp>
#include <sstream>

#include "support/containers.h"

using profilegen::Trace;

namespace {

const std::string kBusybox = "profilegen-test/busybox";

std::set<std::string> lines_of(const std::string& text) {
  std::istringstream stream(text);
  std::set<std::string> lines;
  for (std::string line; std::getline(stream, line);) lines.insert(line);
  return lines;
}

std::set<std::string> facts_of(const Trace& trace) {
  std::set<std::string> facts;
  for (const auto& [key, fact] : trace.files) facts.insert(std::string(file_op_name(key.op)) + " " + key.path);
  return facts;
}

/// Paths in `docker diff` that are not a recorded write, not above one, and not made by the engine for a mount.
std::set<std::string> uncovered(const std::string& diff, const Trace& trace) {
  std::set<std::string> places;
  for (const auto& [key, fact] : trace.files)
    if (file_op_writes(key.op)) places.insert(key.path);
  for (const auto& mount : only_run(trace).mounts) places.insert(mount.path);
  std::set<std::string> rest;
  for (const std::string& line : lines_of(diff)) {
    const std::string path = line.substr(2);  // the line is "A /path"
    const bool covered = std::any_of(places.begin(), places.end(), [&](const std::string& place) {
      return place == path || place.starts_with(path + "/");
    });
    if (!covered) rest.insert(line);
  }
  return rest;
}

}  // namespace

TEST_CASE("Each change to a file is recorded as what it is and under its path, and nothing else is") {
  const Scratch scratch;
  const std::string name = unique_name("operations");
  const Words options{"--name", name, "--network", "none", "-v", prog("file_ops") + ":/file_ops:ro"};
  const Outcome recorded = scratch.profilegen(
      Words{"record", "--"} + docker_run(options + Words{"-w", "/work"}, kBusybox, {"/file_ops", "/work"}));
  const Outcome diff = scratch.run({"docker", "diff", name});
  CHECK(scratch.run({"docker", "rm", name}).status == 0);
  INFO(recorded.err);
  REQUIRE(recorded.status == 0);
  const auto trace = profilegen::load_trace(scratch.path() + "/profilegen-trace.json");
  REQUIRE(trace);
  CHECK(only_run(*trace).loss.empty());

  const auto said = lines_of(recorded.out);
  CHECK(said.size() > 90);
  CHECK(without(said, facts_of(*trace)) == std::set<std::string>{});
  CHECK(without(writes(*trace), said) == std::set<std::string>{});
  CHECK(diff.out.find("A /work/newer\n") != std::string::npos);
  CHECK(uncovered(diff.out, *trace) == std::set<std::string>{});
}

TEST_CASE("What was taken away or changed in the image is a recorded path too") {
  const Scratch scratch;
  const std::string name = unique_name("removals");
  const Outcome recorded = scratch.profilegen(
      Words{"record", "--"} +
      docker_run({"--name", name, "--network", "none"}, "profilegen-test/places",
                 {"sh", "-c",
                  "rm /srv/content/shipped && rmdir /srv/many/0 && mv /srv/many/1 /srv/moved && chmod 700 /srv/odd && "
                  "echo more >>/var/lib/../log/app.log && mkdir /var/run/../srv/made && cd /srv/many/2 && ln -s "
                  "nowhere link && rm -r /opt"}));
  const Outcome diff = scratch.run({"docker", "diff", name});
  CHECK(scratch.run({"docker", "rm", "--volumes", name}).status == 0);
  INFO(recorded.err);
  REQUIRE(recorded.status == 0);
  const auto trace = profilegen::load_trace(scratch.path() + "/profilegen-trace.json");
  REQUIRE(trace);
  INFO(diff.out);
  for (const char* line :
       {"D /srv/content/shipped\n", "A /srv/made\n", "C /srv/odd\n", "D /opt\n", "C /var/log/app.log\n"})
    CHECK(diff.out.find(line) != std::string::npos);
  CHECK(uncovered(diff.out, *trace) == std::set<std::string>{});
}
