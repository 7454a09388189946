// SPDX-License-Identifier: Apache-2.0
// A result that can't be written is an error. Otherwise a CI job would take it for an empty result.
#include <catch2/catch.hpp>

#include "scratch.h"

TEST_CASE("Standard output that takes nothing") {
  const Scratch scratch;
  const std::string trace = fixture("web.trace.json");
  const Arguments commands[] = {
      {},
      {"--help"},
      {"--version"},
      {"emit", "--help"},
      {"emit", trace, "--format", "seccomp"},
      {"diff", trace, trace},
      {"diff", trace, fixture("worker.trace.json")},
      {"merge", trace, "-o", "-"},
  };
  const std::pair<Stdout, std::string> outputs[] = {{Stdout::full_disk, "No space left on device"},
                                                    {Stdout::closed, "Bad file descriptor"},
                                                    {Stdout::broken_pipe, "Broken pipe"}};
  for (const auto& command : commands) {
    for (const auto& [output, reason] : outputs) {
      CAPTURE(command, reason);
      const Outcome outcome = scratch.profilegen_to(output, command);
      CHECK(outcome.status == 2);
      CHECK(outcome.err == "profilegen: standard output: cannot be written: " + reason + "\n");
    }
  }
}

TEST_CASE("A bundle does not need standard output") {
  const Scratch scratch;
  for (const auto output : {Stdout::full_disk, Stdout::closed, Stdout::broken_pipe}) {
    CHECK(scratch.profilegen_to(output, {"emit", fixture("web.trace.json")}).status == 0);
    CHECK(scratch.exists("profilegen-out/seccomp.json"));
  }
}
