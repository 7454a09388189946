// SPDX-License-Identifier: Apache-2.0
#include "../trace/random_trace.h"
#include "evidence.h"

using namespace profilegen;

namespace {

// All runtimes of the options are known, so analysing these traces can't fail.
Profile profile_of(const Trace& trace) {
  const Result<Profile> result = analyze(trace, {{"runc"}});
  REQUIRE(result);
  return *result;
}

Trace merged(const Trace& left, const Trace& right) {
  const Result<Trace> result = merge_traces(left, right);
  REQUIRE(result);
  return *result;
}

}  // namespace

TEST_CASE("traces give the same profile in whatever order they are merged") {
  RandomTrace random(1);
  for (int round = 0; round < 500; ++round) {
    const Trace a = random.next();
    const Trace b = random.next();
    const Trace c = random.next();
    const std::string text = format_profile(profile_of(merged(merged(a, b), c)));
    CAPTURE(text);
    REQUIRE(format_profile(profile_of(merged(merged(c, b), a))) == text);
    REQUIRE(format_profile(profile_of(merged(merged(b, c), merged(a, b)))) == text);
  }
}

TEST_CASE("the ids of runs and the times of sightings leave no trace in the profile") {
  TraceOf first;
  first.call("read").file("/srv/app/x", FileOp::CREATE).mount("/data", "volume").socket(2, 1);
  Trace second;
  second.runs["zzzz"] = first.run();
  second.syscalls = first.trace().syscalls;
  second.files = first.trace().files;
  second.sockets = first.trace().sockets;
  const auto seen_elsewhere = [](auto& facts) {
    for (auto& [key, fact] : facts) {
      fact.runs = {"zzzz"};
      fact.first.ns = 99;
      fact.first.program = "other";
    }
  };
  seen_elsewhere(second.syscalls);
  seen_elsewhere(second.files);
  seen_elsewhere(second.sockets);
  CHECK(profile_of(second) == profile_of(first.trace()));
}

TEST_CASE("what analysis makes can be written, read back, and merged with itself") {
  RandomTrace random(2);
  for (int round = 0; round < 500; ++round) {
    const Profile profile = profile_of(random.next());
    const std::string text = format_profile(profile);
    CAPTURE(text);
    const Result<Profile> back = parse_profile(text, "p.json");
    REQUIRE(back);
    REQUIRE(*back == profile);
    REQUIRE(merge_profiles(profile, profile) == profile);
  }
}

TEST_CASE("more evidence never takes a permission away") {
  RandomTrace random(3);
  for (int round = 0; round < 500; ++round) {
    const Trace trace = random.next();
    const Profile before = profile_of(trace);
    const Profile after = profile_of(merged(trace, random.next()));
    for (const auto& [call, who] : before.calls) REQUIRE(after.calls.contains(call));
    for (const std::string& name : before.capabilities) REQUIRE(after.capabilities.contains(name));
    for (const auto& socket : before.network) REQUIRE(after.network.contains(socket));
    REQUIRE((before.read_only_root || !after.read_only_root));
    REQUIRE((before.no_new_privileges || !after.no_new_privileges));
  }
}
