// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <catch2/catch.hpp>

#include "profilegen/verify.h"

using namespace profilegen;

namespace {

CallKey native(const std::string& name) { return {Arch::x86_64, name}; }

Profile planted() {
  Profile profile;
  profile.capabilities = {"CHOWN", "KILL", "NET_RAW", "SETUID", "SYS_CHROOT"};
  profile.holes = {{"/run", {}}, {"/tmp", {}}, {"/var/cache", {}}};
  for (const char* name : {"read", "write", "mkdir", "ptrace"}) profile.calls[native(name)] = {NeededBy::app};
  profile.calls[native("capset")] = {NeededBy::runtime};
  profile.calls[native("unknown")] = {};
  profile.calls[native("rt_sigreturn")] = {NeededBy::companion};
  return profile;
}

/// A command that succeeds if it gets what it needs, makes some calls, and counts its runs.
struct Command {
  std::set<std::string> capabilities;
  std::set<std::string> holes;
  std::set<std::string> calls;
  int runs = 0;

  TryProfile as_try() {
    return [this](const Profile& profile) -> Result<Attempt> {
      ++runs;
      Attempt attempt;
      attempt.passed =
          std::ranges::includes(profile.capabilities, capabilities) &&
          std::ranges::all_of(holes, [&](const std::string& path) { return profile.holes.contains(path); }) &&
          std::ranges::all_of(calls, [&](const std::string& name) { return profile.calls.contains(native(name)); });
      for (const std::string& name : calls) attempt.calls.insert(native(name));
      return attempt;
    };
  }
};

}  // namespace

TEST_CASE("minimize leaves out what the command passes without, and nothing else") {
  Command command{{"CHOWN", "SETUID"}, {"/tmp"}, {"read", "write", "mkdir"}};
  const auto smaller = minimize(planted(), command.as_try());
  REQUIRE(smaller);
  CHECK(smaller->capabilities == std::set<std::string>{"CHOWN", "SETUID"});
  CHECK(smaller->holes.size() == 1);
  CHECK(smaller->holes.contains("/tmp"));
  CHECK_FALSE(smaller->calls.contains(native("ptrace")));
  // Calls of the runtime and of unknown callers and companions stay: running the command can't tell whether they are
  // needed.
  CHECK(smaller->calls.size() == planted().calls.size() - 1);
}

TEST_CASE("minimize takes few runs where nothing is needed, or nothing to spare") {
  Command idle;
  const auto smaller = minimize(planted(), idle.as_try());
  REQUIRE(smaller);
  CHECK(smaller->capabilities.empty());
  CHECK(idle.runs == 4);
  Profile tight;
  tight.calls[native("read")] = {NeededBy::app};
  Command busy{{}, {}, {"read"}};
  CHECK(minimize(tight, busy.as_try()).value() == tight);
  CHECK(busy.runs == 1);
}

TEST_CASE("minimize tries nothing twice, whatever of it is needed") {
  const std::set<std::string> all = planted().capabilities;
  for (unsigned needed = 0; needed < 1U << all.size(); ++needed) {
    Command command;
    unsigned number = 0;
    for (const std::string& name : all)
      if ((needed >> number++ & 1) != 0) command.capabilities.insert(name);
    std::vector<Profile> tried;
    const auto smaller = minimize(planted(), [&](const Profile& profile) {
      CHECK(std::ranges::count(tried, profile) == 0);
      tried.push_back(profile);
      return command.as_try()(profile);
    });
    REQUIRE(smaller);
    CHECK(smaller->capabilities == command.capabilities);
  }
}

TEST_CASE("A call that any of the runs made stays") {
  int runs = 0;
  const auto smaller = minimize(planted(), [&](const Profile&) -> Result<Attempt> {
    // Like futex, the call is made in some runs only.
    return Attempt{true, ++runs == 2 ? std::set<CallKey>{native("ptrace")} : std::set<CallKey>{}, {}};
  });
  REQUIRE(smaller);
  CHECK(smaller->calls.contains(native("ptrace")));
  CHECK_FALSE(smaller->calls.contains(native("mkdir")));
}

TEST_CASE("minimize does not begin with a command that fails, and ends with an error of its own") {
  const auto failing = minimize(planted(), [](const Profile&) -> Result<Attempt> { return Attempt{}; });
  REQUIRE_FALSE(failing);
  CHECK(failing.error().line() ==
        "verify: the command does not pass under the bundle as it is; mend it first, with --fix");
  const auto broken = minimize(planted(), [](const Profile&) -> Result<Attempt> { return Error{"x", "broke"}; });
  REQUIRE_FALSE(broken);
  CHECK(broken.error().what == "broke");
}

TEST_CASE("A capability that is asked for, and done without, is left out and known as denied") {
  const auto smaller = minimize(planted(), [](const Profile& profile) -> Result<Attempt> {
    // KILL is asked for each time. CHOWN is needed.
    const bool has_kill = profile.capabilities.contains("KILL");
    return Attempt{profile.capabilities.contains("CHOWN") && (has_kill || profile.denied_capabilities.contains("KILL")),
                   {},
                   has_kill ? std::set<std::string>{} : std::set<std::string>{"KILL"}};
  });
  REQUIRE(smaller);
  CHECK(smaller->capabilities == std::set<std::string>{"CHOWN"});
  CHECK(smaller->denied_capabilities == std::set<std::string>{"KILL"});
}
