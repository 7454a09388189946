// SPDX-License-Identifier: Apache-2.0
// Bad input gives one line of error that names the file, and changes no existing file.
#include <algorithm>
#include <catch2/catch.hpp>

#include "scratch.h"

using Catch::Contains;
using Catch::StartsWith;

namespace {

struct Bad {
  std::string name;
  std::string text;
  std::string told;  ///< part of the error message
};

std::vector<Bad> bad_files() {
  const std::string trace = fixture_text("web.trace.json");
  const std::string deep(100000, '[');
  const std::string second_run = R"("runs":["00000000000000ff"])";
  return {
      {"empty", "", "is empty"},
      {"blank", " \n", "JSON"},
      {"binary",
       std::string("\x7f"
                   "ELF\x02\x01\x01\x00\x00\xff",
                   10),
       "JSON"},
      {"truncated", trace.substr(0, trace.size() / 2), "JSON"},
      {"cut off in the first key", "{\"profilegen_tr", "JSON"},
      {"more behind it", trace + "{}", "JSON"},
      {"deep", deep, ""},
      {"deep within a trace", "{\"profilegen_trace\": 1, \"runs\": " + deep, ""},
      {"deep within a profile", "{\"profilegen_profile\": 1, \"calls\": " + deep, ""},
      {"deep within seccomp", "{\"defaultAction\": " + deep, ""},
      {"another kind of JSON", R"({"name": "x"})", "is neither a trace nor a profile"},
      {"a list", "[1]", "is neither a trace nor a profile"},
      {"trace of the future", replaced(trace, "\"profilegen_trace\": 1", "\"profilegen_trace\": 2"), "version 2"},
      {"profile of the future", R"({"profilegen_profile": 999})", "version 999"},
      {"version is no number", R"({"profilegen_trace": "one"})", "profilegen_trace"},
      {"unknown key", replaced(trace, "\"runs\"", "\"surprise\": 1,\n\"runs\""), "surprise"},
      {"missing key", R"({"profilegen_trace": 1})", "runs"},
      {"wrong type", replaced(trace, "\"nr\":0", "\"nr\":\"zero\""), "nr"},
      {"number below 0", replaced(trace, "\"nr\":0", "\"nr\":-1"), "nr"},
      {"run that is not there", replaced(trace, R"("runs":["00000000000000aa"])", second_run), "runs[0]"},
      {"seccomp with a bad action", R"({"defaultAction": "SCMP_ACT_MAYBE"})", ""},
  };
}

void check_line(const Outcome& outcome, const std::string& object, const std::string& told) {
  CHECK(outcome.status == 2);
  CHECK(outcome.out.empty());
  CHECK_THAT(outcome.err, StartsWith("profilegen: " + object + ":") && Contains(told));
  CHECK_THAT(outcome.err, !Contains("exception") && !Contains("terminate") && !Contains("std::"));
  CHECK(std::count(outcome.err.begin(), outcome.err.end(), '\n') == 1);
  CHECK(outcome.err.back() == '\n');
}

/// The commands with the file alone, and after a good one.
std::vector<Arguments> commands(const std::string& file) {
  const std::string good = fixture("web.trace.json");
  return {{"emit", file, "-o", "bundle"},
          {"emit", good, file, "-o", "bundle"},
          {"emit", file, "--format", "caps"},
          {"diff", file, good},
          {"diff", good, file},
          {"merge", file, "-o", "merged"},
          {"merge", good, file, "-o", "merged"}};
}

void check_all(const Scratch& scratch, const std::string& file, const std::string& told) {
  REQUIRE(scratch.profilegen({"emit", fixture("worker.trace.json"), "-o", "bundle"}).status == 0);
  scratch.write("merged", "from before");
  const auto before = scratch.snapshot("bundle");
  for (const auto& command : commands(file)) {
    CAPTURE(command);
    check_line(scratch.profilegen(command), file, told);
    CHECK(scratch.snapshot("bundle") == before);
    CHECK(scratch.read("merged") == "from before");
  }
}

}  // namespace

TEST_CASE("Files that are not what they should be") {
  const Scratch scratch;
  for (const auto& [name, text, told] : bad_files()) {
    CAPTURE(name);
    scratch.write("bad.json", text);
    check_all(scratch, "bad.json", told);
  }
}

TEST_CASE("Files that cannot be read") {
  const Scratch scratch;
  std::filesystem::create_directory(scratch.path() / "directory");
  check_all(scratch, "missing.json", "No such file or directory");
  check_all(scratch, "directory", "is a directory without *.trace.json and profile.json");
  check_all(scratch, "/proc/self/mem", "Input/output error");  // even root can't read it
}

TEST_CASE("A file's name cannot forge a second line") {
  const Scratch scratch;
  const Outcome outcome = scratch.profilegen({"emit", "a\nprofilegen: all is well"});
  CHECK(outcome.status == 2);
  CHECK_THAT(outcome.err, StartsWith("profilegen: a\\x0Aprofilegen: all is well: "));
  CHECK(std::count(outcome.err.begin(), outcome.err.end(), '\n') == 1);
}

TEST_CASE("Bad standard input is called so") {
  const Scratch scratch;
  check_line(scratch.profilegen({"emit", "-", "-o", "bundle"}, "nonsense"), "standard input", "JSON");
  CHECK_FALSE(scratch.exists("bundle"));
}

TEST_CASE("Inputs of the wrong kind") {
  const Scratch scratch;
  const std::string trace = fixture("web.trace.json");
  const std::string seccomp = fixture("moby.json");
  REQUIRE(scratch.profilegen({"emit", trace, "-o", "bundle"}).status == 0);
  check_line(scratch.profilegen({"emit", seccomp, "-o", "new"}), seccomp, "is no evidence");
  check_line(scratch.profilegen({"merge", trace, seccomp, "-o", "merged"}), seccomp, "cannot be merged");
  check_line(scratch.profilegen({"merge", trace, "bundle", "-o", "merged"}), "bundle/profile.json", "is a profile");
  CHECK_FALSE(scratch.exists("new"));
  CHECK_FALSE(scratch.exists("merged"));
}

TEST_CASE("A directory with traces and a profile is ambiguous") {
  const Scratch scratch;
  scratch.write("both/a.trace.json", fixture_text("web.trace.json"));
  scratch.write("both/profile.json", "{}");
  check_line(scratch.profilegen({"emit", "both"}), "both", "name the files that are meant");
}
