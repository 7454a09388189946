// SPDX-License-Identifier: Apache-2.0
// Runs each example of the help texts as it is written. Examples of record and verify need an engine:
// tests/live/docker.
#include <catch2/catch.hpp>

#include "runner/examples.h"
#include "scratch.h"

namespace {

/// Makes the files that the examples use.
void prepare(const Scratch& scratch) {
  namespace fs = std::filesystem;
  const std::string web = fixture_text("web.trace.json");
  for (const char* directory : {"traces", "main", "branch", "filters"})
    fs::create_directories(scratch.path() / directory);
  for (const char* file : {"profilegen-trace.json", "unit.json", "traces/web.trace.json"}) scratch.write(file, web);
  const std::string worker = fixture_text("worker.trace.json");
  for (const char* file : {"integration.json", "traces/worker.trace.json"}) scratch.write(file, worker);
  scratch.write("docker-default.json", fixture_text("moby.json"));
  for (const char* file : {"seccomp.json", "filters/web.json"})
    scratch.write(file, scratch.profilegen({"emit", "profilegen-trace.json", "--format", "seccomp"}).out);
  scratch.write("accepted.txt", "syscall mkdir because the tests need it\n");
  for (const char* directory : {"policy", "profilegen-out", "main/profilegen-out", "branch/profilegen-out"})
    REQUIRE(scratch.profilegen({"emit", "profilegen-trace.json", "-o", directory}).status == 0);
  REQUIRE(scratch.profilegen({"merge", "policy/profile.json", "-o", "profile.json"}).status == 0);
}

}  // namespace

TEST_CASE("The examples of each help work") {
  for (const std::string command :
       {"emit", "diff", "explain", "report", "lint", "doctor", "merge", "completion", "manual"}) {
    const Scratch scratch;
    prepare(scratch);
    size_t run = 0;
    for (const std::string& line : examples_in(scratch.profilegen({command, "--help"}).out)) {
      if (line.find("docker run") != std::string::npos) continue;
      CAPTURE(line);
      const Outcome outcome =
          run_program({shell_command(line), scratch.path().string(), "", {"MANPAGER=cat", "HOME=/root"}});
      CAPTURE(outcome.err);
      // 1 is a valid result: a failing change, an unknown item, or a machine that can't record.
      CHECK(outcome.status <= 1);
      CHECK(outcome.err.find("; see profilegen") == std::string::npos);
      ++run;
    }
    CAPTURE(command);
    CHECK(run >= 2);
  }
}
