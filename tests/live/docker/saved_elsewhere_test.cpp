// SPDX-License-Identifier: Apache-2.0
// A recording that can't be stored where it should be is stored elsewhere, and the error says where.
#include <catch2/catch.hpp>
#include <filesystem>

#include "support/containers.h"

using namespace profilegen;

namespace {

const std::string kBusybox = "profilegen-test/busybox";

/// The files that the error names as saved instead; removes them after having loaded each.
size_t loads_what_was_saved(const std::string& said) {
  const std::string before = "the trace was saved as ";
  size_t loaded = 0;
  for (size_t at = said.find(before); at != std::string::npos; at = said.find(before, at + 1)) {
    const size_t begin = at + before.size();
    const std::string file = said.substr(begin, said.find(" instead", begin) - begin);
    INFO(file);
    const auto trace = load_trace(file);
    REQUIRE(trace);
    CHECK(trace->runs.size() == 1);
    ++loaded;
    std::filesystem::remove_all(std::filesystem::path(file).parent_path());
  }
  return loaded;
}

Words two_runs(const Scratch& scratch, const std::string& afterwards) {
  const std::string run = "docker run --rm --network none --name ";
  const std::string name = scratch.path().substr(scratch.path().rfind('/') + 1);
  return {"--container",
          "*" + name + "*",
          "--",
          "sh",
          "-c",
          run + "one-" + name + " " + kBusybox + " true && " + run + "two-" + name + " " + kBusybox + " true && " +
              afterwards};
}

}  // namespace

TEST_CASE("Traces of several containers are no single standard output, and are not lost") {
  const Scratch scratch;
  const Outcome outcome = scratch.profilegen(Words{"record", "-o", "-"} + two_runs(scratch, "true"));
  INFO(outcome.err);
  CHECK(outcome.status == 125);
  CHECK(outcome.out.empty());
  CHECK(loads_what_was_saved(outcome.err) == 2);
}

TEST_CASE("Traces whose directory was removed or became a file meanwhile are not lost") {
  const Scratch scratch;
  const std::string afterwards = GENERATE("rm -r below", "rm -r below && : >below");
  REQUIRE(scratch.run({"mkdir", "below"}).status == 0);
  const Outcome outcome = scratch.profilegen(Words{"record", "-o", "below/traces/"} + two_runs(scratch, afterwards));
  INFO(outcome.err);
  CHECK(outcome.status == 125);
  CHECK(loads_what_was_saved(outcome.err) == 2);
}
