// SPDX-License-Identifier: Apache-2.0
#include "profilegen/companions.h"

#include <catch2/catch.hpp>

using namespace profilegen;
using Catch::Contains;
using Who = std::set<NeededBy>;

namespace {

const CallKey kExit{Arch::x86_64, "exit"};
const CallKey kReturn{Arch::x86_64, "rt_sigreturn"};

Profile with(const CallKey& call, const Who& who) {
  Profile profile;
  profile.calls[call] = who;
  return profile;
}

}  // namespace

TEST_CASE("a companion is written with what it belongs to, and read back") {
  const Profile profile = with(kReturn, {NeededBy::companion});
  const std::string text = format_profile(profile);
  CHECK_THAT(text, Contains("\"rt_sigreturn\": \"companion: a handler was installed for a signal\""));
  CHECK(*parse_profile(text, "p.json") == profile);
  std::string other = text;
  other.replace(other.find("companion: a handler was installed for a signal"), 47, "companion");
  CHECK(*parse_profile(other, "p.json") == profile);
  other.replace(other.find("\"companion\""), 11, "\"companions\"");
  CHECK_FALSE(parse_profile(other, "p.json"));
}

TEST_CASE("whoever was seen to need a call wins over its being a companion, in whatever order") {
  for (const Who& who : {Who{NeededBy::app}, Who{NeededBy::runtime}, Who{NeededBy::app, NeededBy::runtime}}) {
    CHECK(merge_profiles(with(kExit, {NeededBy::companion}), with(kExit, who)).calls.at(kExit) == who);
    CHECK(merge_profiles(with(kExit, who), with(kExit, {NeededBy::companion})).calls.at(kExit) == who);
  }
  CHECK(merge_profiles(with(kExit, {NeededBy::companion}), Profile{}).calls.at(kExit) == Who{NeededBy::companion});
}

TEST_CASE("companions can be left out, and nothing else with them") {
  Profile profile = with(kExit, {NeededBy::companion});
  profile.calls[kReturn] = {NeededBy::runtime};
  CHECK(without_companions(profile) == with(kReturn, {NeededBy::runtime}));
}

TEST_CASE("each companion has a reason, and only in the tables that have the call") {
  CHECK(companions_of(kAlways, Arch::x86_64) == std::set<std::string>{"exit", "exit_group"});
  CHECK(companions_of("signal-handler", Arch::x86_64) == std::set<std::string>{"rt_sigreturn"});
  CHECK(companions_of("signal-handler", Arch::aarch64) == std::set<std::string>{"rt_sigreturn"});
  CHECK(companions_of("signal-handler", Arch::x86) == std::set<std::string>{"rt_sigreturn", "sigreturn"});
  CHECK(companions_of("restartable", Arch::x32) == std::set<std::string>{"restart_syscall"});
  for (const char* call : {"exit", "exit_group", "rt_sigreturn", "sigreturn", "restart_syscall"})
    CHECK_FALSE(companion_reason(call).empty());
  CHECK(companion_reason("read").empty());
}
