// SPDX-License-Identifier: Apache-2.0
// Recording works with tight limits, and is cheap enough to be always on.
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <catch2/catch.hpp>

#include "support/recorded.h"

using namespace profilegen;

namespace {

/// The peak of the recorder itself: COMMAND's peak is far lower.
long peak_kib(const Scratch& scratch, const std::string& command) {
  const std::string record = std::string("exec ") + PROFILEGEN + " record --quiet -- " + command;
  const pid_t pid = fork();
  REQUIRE(pid >= 0);
  if (pid == 0) {
    if (chdir(scratch.path().c_str()) == 0) execl("/bin/sh", "sh", "-c", record.c_str(), nullptr);
    _exit(127);
  }
  int status = 0;
  rusage usage{};
  REQUIRE(wait4(pid, &status, 0, &usage) == pid);
  REQUIRE(status == 0);
  return usage.ru_maxrss;
}

}  // namespace

TEST_CASE("A limit on locked memory does not stop a recording", "[slow]") {
  const Scratch scratch;
  const Outcome outcome =
      scratch.run({"prlimit", "--memlock=0:0", PROFILEGEN, "record", "--", "sh", "-c", "ulimit -l"});
  INFO(outcome.err);
  CHECK(outcome.status == 0);
  CHECK(outcome.out == "0\n");
  CHECK(profilegen::load_trace(scratch.path() + "/profilegen-trace.json"));
}

TEST_CASE("Few descriptors are enough", "[slow]") {
  const Scratch scratch;
  const Outcome outcome = scratch.run({"prlimit", "--nofile=64:64", PROFILEGEN, "record", "--", "true"});
  INFO(outcome.err);
  CHECK(outcome.status == 0);
}

TEST_CASE("A recording of a small program takes less than 24 MiB", "[slow]") {
  const Scratch scratch;
  CHECK(peak_kib(scratch, "true") < 24 * 1024);
}

TEST_CASE("100 000 paths are recorded without a loss in less than 32 MiB", "[slow]") {
  const Scratch scratch;
  CHECK(peak_kib(scratch, prog("many_files") + " d 100000") < 32 * 1024);
  const Trace trace = scratch.trace();
  size_t created = 0;
  for (const auto& [key, fact] : trace.files) created += key.op == FileOp::CREATE ? 1 : 0;
  CHECK(created == 100000);
}

TEST_CASE("A file that is opened again and again costs no event after the first", "[slow]") {
  const Scratch scratch;
  const auto events = [&scratch](const std::string& times) {
    const std::string loop = "echo x >f; i=0; while [ $i -lt " + times + " ]; do read y <f; i=$((i+1)); done";
    const Outcome outcome = scratch.profilegen({"record", "-v", "--", "sh", "-c", loop});
    const size_t at = outcome.err.find(" events came from the kernel");
    REQUIRE(at != std::string::npos);
    const size_t begin = outcome.err.find_last_of(' ', at - 1) + 1;
    return std::stoul(outcome.err.substr(begin, at - begin));
  };
  const unsigned long once = events("1");
  CHECK(once > 10);
  CHECK(events("5000") == once);
}
