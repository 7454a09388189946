// SPDX-License-Identifier: Apache-2.0
#include "profilegen/runtime_calls.h"

#include <catch2/catch.hpp>

#include "profilegen/floor.h"

using namespace profilegen;

namespace {

Profile started_by(const Runtime& runtime) {
  Profile profile;
  profile.no_new_privileges = true;
  profile.runtimes = {runtime};
  add_runtime_calls(find_floor("runc", "1.1.5")->no_new_privileges, Arch::x86_64, profile);
  return profile;
}

const CallKey kCapset = {Arch::x86_64, "capset"};

}  // namespace

TEST_CASE("without no-new-privileges a profile has what its runtime calls then, recorded or asked for") {
  for (const Runtime& runtime : {Runtime{"runc", "1.1.5", false}, Runtime{"runc", "1.1.5", true}}) {
    const Profile profile = started_by(runtime);
    REQUIRE_FALSE(profile.calls.contains(kCapset));
    const Profile mended = with_new_privileges(profile);
    CHECK_FALSE(mended.no_new_privileges);
    CHECK(mended.calls.at(kCapset) == std::set<NeededBy>{NeededBy::runtime});
  }
}

TEST_CASE("a runtime that nobody measured adds nothing") {
  const Profile profile = started_by({"youki", "0.1", false});
  CHECK(with_new_privileges(profile).calls == profile.calls);
}

TEST_CASE("calls that an architecture lacks are none of its runtime's") {
  Profile profile;
  add_runtime_calls({"open", "openat"}, Arch::aarch64, profile);
  CHECK(profile.calls == std::map<CallKey, std::set<NeededBy>>{{{Arch::aarch64, "openat"}, {NeededBy::runtime}}});
}
