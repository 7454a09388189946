// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <catch2/catch.hpp>

#include "scratch.h"

using Catch::Contains;
using Catch::EndsWith;
using Catch::StartsWith;

TEST_CASE("Alone it shows the three commands that matter, each with an example") {
  const Scratch scratch;
  const Outcome outcome = scratch.profilegen({});
  CHECK(outcome.status == 0);
  CHECK(outcome.err.empty());
  for (const char* example :
       {"profilegen record -- ", "profilegen emit profilegen-trace.json", "profilegen verify profilegen-out -- "}) {
    CHECK_THAT(outcome.out, Contains(example));
  }
}

TEST_CASE("Help is on standard output, has examples and succeeds") {
  const Scratch scratch;
  for (const std::string command : {"record", "emit", "diff", "verify", "explain", "report", "doctor", "merge"}) {
    CAPTURE(command);
    const Outcome outcome = scratch.profilegen({command, "--help"});
    CHECK(outcome.status == 0);
    CHECK(outcome.err.empty());
    CHECK_THAT(outcome.out, Contains("Usage: profilegen " + command + " "));
    const auto examples = outcome.out.find("\nExamples:\n");
    REQUIRE(examples != std::string::npos);
    CHECK_THAT(outcome.out.substr(examples), Contains("profilegen " + command + " "));
    CHECK_THAT(outcome.out, Contains("--quiet") && Contains("--verbose") && Contains("--version"));
    CHECK_THAT(scratch.profilegen({"--help"}).out, Contains("\n  " + command + " "));
  }
}

TEST_CASE("The help of emit lists every format") {
  const Scratch scratch;
  const std::string help = scratch.profilegen({"emit", "--help"}).out;
  for (const char* format : {"profile ", "seccomp ", "caps ", "mounts ", "apparmor ", "docker ", "docker-apparmor "}) {
    CHECK_THAT(help, Contains(std::string("\n  ") + format));
  }
}

TEST_CASE("One version everywhere") {
  const Scratch scratch;
  for (const Arguments& arguments : {Arguments{"--version"}, Arguments{"emit", "--version"}}) {
    const Outcome outcome = scratch.profilegen(arguments);
    CHECK(outcome.status == 0);
    CHECK(outcome.out == "profilegen " VERSION "\n");
  }
}

TEST_CASE("A usage error is one line that leads to help, and exit status 2") {
  const Scratch scratch;
  const struct {
    Arguments arguments;
    std::string beginning, hint;
  } cases[] = {
      {{"emti"}, "profilegen: ", "; see profilegen --help\n"},
      {{"--frobnicate"}, "profilegen: ", "; see profilegen --help\n"},
      {{"emit"}, "profilegen: emit: ", "; see profilegen emit --help\n"},
      {{"emit", "x", "--frobnicate"}, "profilegen: emit: ", "; see profilegen emit --help\n"},
      {{"diff", "x"}, "profilegen: diff: ", "; see profilegen diff --help\n"},
      {{"diff", "x", "y", "z"}, "profilegen: diff: ", "; see profilegen diff --help\n"},
      {{"diff", "x", "y", "--fail-on", "sometimes"}, "profilegen: diff: --fail-on", "; see profilegen diff --help\n"},
      {{"diff", "x", "y", "--format", "nope"}, "profilegen: diff: --format", "; see profilegen diff --help\n"},
      {{"merge", "x"}, "profilegen: merge: ", "; see profilegen merge --help\n"},
      {{"emit", "x", "--format", "nope"},
       "profilegen: emit: --format: nope not in {profile,",
       "; see profilegen emit --help\n"},
      {{"emit", "x", "-o", "-"}, "profilegen: -o -: ", "; use --format for one of them\n"},
      {{"emit", "x", "--format", "docker"}, "profilegen: --format docker: ", "with -o\n"},
      {{"emit", "-", "-"}, "profilegen: standard input: can be read only once", "\n"},
      {{"diff", "-", "-"}, "profilegen: standard input: can be read only once", "\n"},
      {{"emit", ""}, "profilegen: an empty file name", "\n"},
  };
  for (const auto& [arguments, beginning, hint] : cases) {
    CAPTURE(arguments);
    const Outcome outcome = scratch.profilegen(arguments);
    CHECK(outcome.status == 2);
    CHECK(outcome.out.empty());
    CHECK_THAT(outcome.err, StartsWith(beginning) && EndsWith(hint));
    CHECK(std::count(outcome.err.begin(), outcome.err.end(), '\n') == 1);
  }
}

TEST_CASE("A time that is none is told before COMMAND starts") {
  const Scratch scratch;
  for (const std::string time : {"", "s", "-1s", "1.5s", "10 s", "10x", "99999h", "00"}) {
    CAPTURE(time);
    const Outcome outcome = scratch.profilegen({"record", "--checkpoint", time, "--", "touch", "started"});
    CHECK(outcome.status == 125);
    CHECK_THAT(outcome.err, StartsWith("profilegen: --checkpoint " + time + ": "));
    CHECK_FALSE(scratch.exists("started"));
  }
}

TEST_CASE("Of record, 2 could be the command's own status: it leaves with 125") {
  const Scratch scratch;
  const Outcome outcome = scratch.profilegen({"record", "--frobnicate", "--", "true"});
  CHECK(outcome.status == 125);
  CHECK_THAT(outcome.err, StartsWith("profilegen: record: ") && EndsWith("; see profilegen record --help\n"));
}
