// SPDX-License-Identifier: Apache-2.0
#include <catch2/catch.hpp>

#include "scratch.h"

using Catch::Contains;

namespace {

const std::string kWeb = fixture("web.trace.json");

std::string renamed(const std::string& run) {
  std::string text = fixture_text("web.trace.json");
  const std::string id = "00000000000000aa";
  for (size_t at = 0; (at = text.find(id, at)) != std::string::npos;) text.replace(at, id.size(), run);
  return text;
}

/// Writes copies of a run with different names.
void write_runs(const Scratch& scratch, int count) {
  for (int i = 0; i < count; ++i)
    scratch.write("traces" + std::to_string(i) + ".json", renamed("000000000000000" + std::to_string(i)));
}

Arguments emit_of(int count) {
  Arguments command = {"emit", "-o", "out", "--require-saturation"};
  for (int i = 0; i < count; ++i) command.push_back("traces" + std::to_string(i) + ".json");
  return command;
}

}  // namespace

TEST_CASE("explain tells why one thing is allowed, or all of it in ranks") {
  const Scratch scratch;
  const Outcome one = scratch.profilegen({"explain", kWeb, "accept4"});
  CHECK(one.status == 0);
  CHECK_THAT(one.out, Contains("syscall accept4: the application\n") && Contains("by server (pid 4242)"));
  const Outcome all = scratch.profilegen({"explain", "-"}, fixture_text("web.trace.json"));
  CHECK(all.status == 0);
  CHECK_THAT(all.out, Contains("calls that only the runtime needs") && Contains("coverage:"));
}

TEST_CASE("explain of what was not recorded, and of what is no recording") {
  const Scratch scratch;
  const Outcome absent = scratch.profilegen({"explain", kWeb, "ptrace"});
  CHECK(absent.status == 1);
  CHECK_THAT(absent.err, Contains("profilegen: ptrace: is not in the recording; give a call"));
  const Outcome filter = scratch.profilegen({"explain", fixture("moby.json"), "read"});
  CHECK(filter.status == 2);
  CHECK_THAT(filter.err, Contains("is no trace"));
}

TEST_CASE("emit can ask that enough was seen") {
  const Scratch scratch;
  write_runs(scratch, 3);
  const Outcome few = scratch.profilegen(emit_of(2));
  CHECK(few.status == 1);
  CHECK(few.err ==
        "profilegen: --require-saturation: 2 runs can't tell what was not seen; record the tests at least 3 "
        "times, and give all traces\n");
  CHECK_FALSE(scratch.exists("out"));
  CHECK(scratch.profilegen(emit_of(3)).status == 0);
  CHECK(scratch.exists("out/profile.json"));
}

TEST_CASE("emit refuses when each run brought something new") {
  const Scratch scratch;
  write_runs(scratch, 3);
  // Each run has three calls that no other run has, so nothing tells how often they occur.
  for (int i = 0; i < 3; ++i) {
    const std::string file = "traces" + std::to_string(i) + ".json";
    std::string rows;
    for (int nr = 0; nr < 3; ++nr)
      rows += R"({"phase":"app","arch":"x86_64","nr":)" + std::to_string(200 + 3 * i + nr) +
              R"(,"name":"x","only":"","first":{"ns":5,"pid":1,"tid":1,"program":"p"},"runs":["000000000000000)" +
              std::to_string(i) + "\"]},\n";
    scratch.write(file, replaced(scratch.read(file), "\"syscalls\": [\n", "\"syscalls\": [\n" + rows));
  }
  const Outcome outcome = scratch.profilegen(emit_of(3));
  CHECK(outcome.status == 1);
  CHECK_THAT(outcome.err, Contains("24.0 items are expected to be unseen, and one more run to bring 3.0"));
  Arguments generous = emit_of(3);
  generous[3] = "--require-saturation=30";
  CHECK(scratch.profilegen(generous).status == 0);
}
