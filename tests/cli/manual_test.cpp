// SPDX-License-Identifier: Apache-2.0
// Manual pages and help are made from the same registration, so each contains what the other does.
#include <catch2/catch.hpp>
#include <regex>
#include <set>

#include "scratch.h"

using Catch::Contains;
using Catch::StartsWith;

namespace {

std::set<std::string> commands(const Scratch& scratch) {
  const std::string help = scratch.profilegen({"--help"}).out;
  std::set<std::string> names;
  const std::regex line("\n  ([a-z]+) ");
  const auto begin = help.find("Subcommands:");
  REQUIRE(begin != std::string::npos);
  for (std::sregex_iterator at(help.begin() + static_cast<std::ptrdiff_t>(begin), help.end(), line), end; at != end;
       ++at)
    names.insert((*at)[1]);
  return names;
}

/// The page as man(1) shows it, without the codes that make letters bold.
std::string shown(const Scratch& scratch, const std::string& page) {
  scratch.write("page.1", page);
  const Outcome outcome = run_program({{"/usr/bin/man", "--warnings=w", "-E", "UTF-8", "-l", "page.1"},
                                       scratch.path().string(),
                                       "",
                                       {"MANWIDTH=500", "MANPAGER=cat", "LC_ALL=C.UTF-8", "MAN_KEEP_FORMATTING="}});
  CHECK(outcome.err.empty());  // warnings of groff
  CHECK(outcome.status == 0);
  return std::regex_replace(outcome.out, std::regex(".\b"), "");
}

}  // namespace

TEST_CASE("Each command has a manual page with all of its options") {
  const Scratch scratch;
  const auto names = commands(scratch);
  REQUIRE(names.size() >= 10);
  for (const std::string& name : names) {
    CAPTURE(name);
    const Outcome outcome = scratch.profilegen({"manual", name});
    REQUIRE(outcome.status == 0);
    const std::string page = shown(scratch, outcome.out);
    CHECK_THAT(page, Contains("profilegen-" + name + " - "));
    const std::string help = scratch.profilegen({name, "--help"}).out;
    const std::regex option("(--[a-z][a-z-]+)");
    for (std::sregex_iterator at(help.begin(), help.end(), option), end; at != end; ++at)
      CHECK_THAT(page, Contains((*at)[1]));
    for (const std::string& other : names)
      if (other != name) CHECK_THAT(page, Contains("profilegen-" + other + "(1)"));
  }
}

TEST_CASE("What --help has no room for is in the page, in sections of its own") {
  const Scratch scratch;
  const std::string page = shown(scratch, scratch.profilegen({"manual", "record"}).out);
  CHECK_THAT(page, Contains("\nWITHOUT ROOT\n       record needs four capabilities, not root. "));
  // An example stays as it is, a line each.
  CHECK_THAT(page, Contains("/usr/bin/profilegen\n       chgrp docker /usr/bin/profilegen\n"));
  CHECK_THAT(shown(scratch, scratch.profilegen({"manual"}).out), Contains("\nOTHER TOOLS\n       Each of these"));
  // One without such a text has no empty section.
  CHECK_THAT(shown(scratch, scratch.profilegen({"manual", "completion"}).out), Contains("\nEXAMPLES\n"));
}

TEST_CASE("The page of the program names all commands") {
  const Scratch scratch;
  const std::string page = shown(scratch, scratch.profilegen({"manual"}).out);
  for (const std::string& name : commands(scratch))
    CHECK_THAT(page, Contains("\n       " + name + "\n") || Contains("\n       " + name + " "));
}

TEST_CASE("A default and the words that an option takes are in the page") {
  const Scratch scratch;
  CHECK_THAT(shown(scratch, scratch.profilegen({"manual", "diff"}).out),
             Contains("one of text json markdown sarif github"));
  CHECK_THAT(shown(scratch, scratch.profilegen({"manual", "record"}).out),
             Contains("(default: profilegen-trace.json)"));
  CHECK_THAT(shown(scratch, scratch.profilegen({"manual", "emit"}).out), Contains("--require-saturation[=N]"));
}

TEST_CASE("A page or a shell that there is not is told in one line") {
  const Scratch scratch;
  CHECK_THAT(scratch.profilegen({"manual", "nothing"}).err, StartsWith("profilegen: manual: "));
  CHECK_THAT(scratch.profilegen({"completion", "tcsh"}).err, StartsWith("profilegen: completion: "));
  CHECK(scratch.profilegen({"completion", "tcsh"}).status == 2);
}
