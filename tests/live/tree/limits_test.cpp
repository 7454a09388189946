// SPDX-License-Identifier: Apache-2.0
// Recording works under tight limits, and is cheap enough to leave on.
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <catch2/catch.hpp>

#include "support/recorded.h"

namespace {

// Of the recorder and of what it waited for.
long peak_kib(const Scratch& scratch) {
  const pid_t pid = fork();
  REQUIRE(pid >= 0);
  if (pid == 0) {
    if (chdir(scratch.path().c_str()) == 0) execl(PROFILEGEN, PROFILEGEN, "record", "--quiet", "--", "true", nullptr);
    _exit(127);
  }
  int status = 0;
  rusage usage{};
  REQUIRE(wait4(pid, &status, 0, &usage) == pid);
  REQUIRE(status == 0);
  return usage.ru_maxrss;
}

}  // namespace

TEST_CASE("A limit on locked memory does not stop a recording") {
  const Scratch scratch;
  const Outcome outcome =
      scratch.run({"prlimit", "--memlock=0:0", PROFILEGEN, "record", "--", "sh", "-c", "ulimit -l"});
  INFO(outcome.err);
  CHECK(outcome.status == 0);
  CHECK(outcome.out == "0\n");
  CHECK(profilegen::load_trace(scratch.path() + "/profilegen-trace.json"));
}

TEST_CASE("Few descriptors are enough") {
  const Scratch scratch;
  const Outcome outcome = scratch.run({"prlimit", "--nofile=64:64", PROFILEGEN, "record", "--", "true"});
  INFO(outcome.err);
  CHECK(outcome.status == 0);
}

TEST_CASE("A recording of a small program takes less than 24 MiB") {
  const Scratch scratch;
  CHECK(peak_kib(scratch) < 24 * 1024);
}
