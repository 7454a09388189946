// SPDX-License-Identifier: Apache-2.0
// The same evidence gives the same bytes, however often and in whatever order it is merged.
#include <catch2/catch.hpp>
#include <filesystem>

#include "support/recorded.h"

namespace {

// Makes several kinds of facts: calls, files, capabilities, sockets.
const Words kWork{
    "sh", "-c",
    "rm -f file; echo x >file; chown 1:1 file; mkdir folder; rmdir folder; getent hosts localhost; cat file"};
const Words kOther{"sh", "-c", "mkfifo fifo; rm fifo"};

std::string profile_of(const Scratch& scratch, const Words& traces) {
  Words arguments{"emit", "--format", "profile"};
  arguments.insert(arguments.end(), traces.begin(), traces.end());
  const Outcome outcome = scratch.profilegen(arguments);
  INFO(outcome.err);
  REQUIRE(outcome.status == 0);
  return outcome.out;
}

void record_as(const Scratch& scratch, const Words& command, const std::string& file) {
  (void)scratch.record(command);
  std::filesystem::rename(scratch.path() + "/profilegen-trace.json", scratch.path() + "/" + file);
}

}  // namespace

TEST_CASE("emit gives the same bytes each time") {
  const Scratch scratch;
  (void)scratch.record(kWork);
  for (const char* directory : {"once", "twice"})
    REQUIRE(scratch.profilegen({"emit", "-o", directory, "profilegen-trace.json"}).status == 0);
  const Outcome difference = scratch.run({"diff", "-r", "once", "twice"});
  INFO(difference.out);
  CHECK(difference.status == 0);
  CHECK(scratch.exists("once/seccomp.json"));
  CHECK(scratch.exists("once/profile.json"));
}

TEST_CASE("Two recordings of one program give one profile, and merge to it in either order") {
  const Scratch scratch;
  record_as(scratch, kWork, "a");
  record_as(scratch, kWork, "b");
  CHECK(scratch.read("a") != scratch.read("b"));  // runs and times differ
  const std::string profile = profile_of(scratch, {"a"});
  CHECK(profile_of(scratch, {"b"}) == profile);
  CHECK(profile_of(scratch, {"a", "b"}) == profile);
  CHECK(profile_of(scratch, {"b", "a"}) == profile);
  CHECK(profile_of(scratch, {"a", "a"}) == profile);
}

TEST_CASE("Traces of different programs merge to the same bytes in any order") {
  const Scratch scratch;
  record_as(scratch, kWork, "a");
  record_as(scratch, kOther, "b");
  REQUIRE(scratch.profilegen({"merge", "a", "b", "-o", "ab"}).status == 0);
  REQUIRE(scratch.profilegen({"merge", "b", "a", "-o", "ba"}).status == 0);
  REQUIRE(scratch.profilegen({"merge", "ab", "b", "ba", "-o", "all"}).status == 0);
  CHECK(scratch.read("ab") == scratch.read("ba"));
  CHECK(scratch.read("ab") == scratch.read("all"));
  CHECK(profile_of(scratch, {"a", "b"}) == profile_of(scratch, {"ba"}));
  CHECK(profile_of(scratch, {"a"}).find("\"mknodat\"") == std::string::npos);
  CHECK(profile_of(scratch, {"ab"}).find("\"mknodat\"") != std::string::npos);
}
