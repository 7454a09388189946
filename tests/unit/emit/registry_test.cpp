// SPDX-License-Identifier: Apache-2.0
#include <catch2/catch.hpp>
#include <set>

#include "support/registry.h"

using namespace profilegen;

namespace {

std::vector<std::string> bundle_files(const Profile& profile) {
  const auto bundle = emit_bundle({profile, "out"});
  REQUIRE(bundle);
  std::vector<std::string> files;
  for (const auto& [file, text] : *bundle) files.push_back(file);
  return files;
}

}  // namespace

TEST_CASE("emitters are found by the dashed name only") {
  REQUIRE(find_emitter("docker-apparmor") != nullptr);
  CHECK(find_emitter("docker-apparmor")->file == "docker-apparmor.flags");
  CHECK(find_emitter("docker_apparmor") == nullptr);
  CHECK(find_emitter("") == nullptr);
  CHECK(find_emitter("SECCOMP") == nullptr);
}

TEST_CASE("names and files of emitters are unique, and each says what it is for") {
  std::set<std::string_view> names;
  std::set<std::string_view> files;
  for (const Emitter& emitter : emitters()) {
    CHECK(names.insert(emitter.name).second);
    CHECK(files.insert(emitter.file).second);
    CHECK_FALSE(emitter.help.empty());
    CHECK(find_emitter(emitter.name) == &emitter);
  }
  CHECK(names.contains("seccomp"));
}

TEST_CASE("a container's bundle has every artifact in the order of the registry") {
  Profile profile;
  profile.container = true;
  std::vector<std::string> all;
  for (const Emitter& emitter : emitters())
    if (emitter.in_bundle) all.emplace_back(emitter.file);
  CHECK(bundle_files(profile) == all);
}

TEST_CASE("a process tree's bundle has no artifacts for container engines") {
  const Profile profile;
  for (const std::string& file : bundle_files(profile)) CHECK(file.find("docker") == std::string::npos);
  CHECK(bundle_files(profile).size() >= 5);
}

TEST_CASE("a process tree with a runtime gets the artifacts of a container") {
  Profile profile;
  profile.runtimes = {{"runc", "", false}};
  CHECK(bundle_files(profile).back() == "docker-apparmor.flags");
}

TEST_CASE("the bundle fails with the first emitter that fails") {
  Profile profile;
  profile.container = true;
  const auto bundle = emit_bundle({profile, "my out"});
  REQUIRE_FALSE(bundle);
  CHECK(bundle.error().object == "my out");
}

TEST_CASE("an incomplete profile says so in every artifact") {
  Profile profile;
  profile.container = true;
  const Profile whole = profile;
  profile.incomplete = {"7 files were lost"};
  for (const Emitter& emitter : emitters()) {
    INFO(emitter.name);
    const auto text = emitter.emit({profile, "out"});
    REQUIRE(text);
    CHECK(text->find("incomplete") != std::string::npos);
    if (emitter.name != "profile") CHECK(emitter.emit({whole, "out"})->find("incomplete") == std::string::npos);
  }
}

TEST_CASE("the AppArmor name depends on the policy alone") {
  Profile profile;
  const std::string name = apparmor_profile_name(profile);
  CHECK(name.size() == std::string("profilegen-").size() + 8);
  CHECK(name.starts_with("profilegen-"));
  CHECK(apparmor_profile_name(profile) == name);
  profile.capabilities.insert("CHOWN");
  CHECK(apparmor_profile_name(profile) != name);
}
