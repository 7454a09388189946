// SPDX-License-Identifier: Apache-2.0
#include <catch2/catch.hpp>

#include "scratch.h"

using Catch::StartsWith;

namespace {

const std::string kWeb = fixture("web.trace.json");
const std::string kWorker = fixture("worker.trace.json");

std::string merged(const Scratch& scratch, Arguments inputs) {
  inputs.insert(inputs.begin(), "merge");
  inputs.insert(inputs.end(), {"--quiet", "-o", "-"});
  const Outcome outcome = scratch.profilegen(inputs);
  REQUIRE(outcome.status == 0);
  REQUIRE(outcome.err.empty());
  return outcome.out;
}

}  // namespace

TEST_CASE("Merging traces is a join") {
  const Scratch scratch;
  const std::string both = merged(scratch, {kWeb, kWorker});
  CHECK_THAT(both, StartsWith("{\n\"profilegen_trace\": 1"));
  CHECK(merged(scratch, {kWorker, kWeb}) == both);
  CHECK(merged(scratch, {kWeb, kWeb, kWorker, kWeb}) == both);
  scratch.write("both.json", both);
  CHECK(merged(scratch, {"both.json", kWorker}) == both);
  CHECK(both != merged(scratch, {kWeb}));
  CHECK(merged(scratch, {kWeb}) == fixture_text("web.trace.json"));
}

TEST_CASE("Merging profiles gives a profile, in any order") {
  const Scratch scratch;
  REQUIRE(scratch.profilegen({"emit", kWeb, "-o", "web"}).status == 0);
  REQUIRE(scratch.profilegen({"emit", kWorker, "-o", "worker"}).status == 0);
  const std::string both = merged(scratch, {"web", "worker/profile.json"});
  CHECK_THAT(both, StartsWith("{\n  \"profilegen_profile\": 1"));
  CHECK(merged(scratch, {"worker", "web", "web"}) == both);
}

TEST_CASE("The output is replaced whole, and can be one of the inputs") {
  const Scratch scratch;
  scratch.write("all.json", fixture_text("web.trace.json"));
  const Outcome outcome = scratch.profilegen({"merge", "--quiet", "all.json", kWorker, "-o", "all.json"});
  CHECK(outcome.status == 0);
  CHECK(outcome.out.empty());
  CHECK(outcome.err.empty());
  CHECK(scratch.read("all.json") == merged(scratch, {kWeb, kWorker}));
}

TEST_CASE("What a merge gives, emit takes") {
  const Scratch scratch;
  const std::string both = merged(scratch, {kWeb, kWorker});
  CHECK(scratch.profilegen({"emit", "-", "--format", "seccomp"}, both).out ==
        scratch.profilegen({"emit", kWeb, kWorker, "--format", "seccomp"}).out);
}

TEST_CASE("An output that cannot be written is an error") {
  const Scratch scratch;
  const Outcome outcome = scratch.profilegen({"merge", kWeb, "-o", "no/such/file"});
  CHECK(outcome.status == 2);
  CHECK_THAT(outcome.err, StartsWith("profilegen: no/such/file: cannot be created"));
}

TEST_CASE("Runs that differ in what they ran on are told") {
  const Scratch scratch;
  std::string other = replaced(fixture_text("web.trace.json"), "6.1.0-18-amd64", "6.12");
  for (size_t at = 0; (at = other.find("00000000000000aa", at)) != std::string::npos;) other[at + 15] = 'b';
  scratch.write("other.json", other);
  const Outcome outcome = scratch.profilegen({"merge", kWeb, "other.json", "-o", "all.json"});
  CHECK(outcome.status == 0);
  CHECK(outcome.err ==
        "profilegen: warning: the runs have different kernels: 6.1.0-18-amd64 (1 run), 6.12 (1 run); a policy of all "
        "allows what any of them needed\n");
}
