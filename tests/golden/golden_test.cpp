// SPDX-License-Identifier: Apache-2.0
// Runs each emitter of the registry on each case (cases/<case>/profile.json) and compares the output with
// approved/<case>/<file of the emitter>. If an emitter refuses a profile, <file>.error contains its error. A new
// emitter fails until its output is approved. With PROFILEGEN_APPROVE set, differing output is written to the approved
// files (scripts/approve-golden.sh).
#include <catch2/catch.hpp>
#include <cstdlib>

#include "golden_files.h"
#include "profilegen/emitter.h"

using namespace profilegen;

namespace {

bool approving() { return std::getenv("PROFILEGEN_APPROVE") != nullptr; }

struct Output {
  std::string file;
  std::string text;
};

Output run(const Emitter& emitter, const Profile& profile) {
  const Result<std::string> text = emitter.emit({profile, "profilegen-out"});
  if (!text) return {std::string(emitter.file) + ".error", text.error().line() + "\n"};
  return {std::string(emitter.file), *text};
}

Profile load_case(const std::string& name) {
  const Result<Profile> profile = load_profile(std::string(GOLDEN_FOLDER) + "/cases/" + name + "/profile.json");
  if (!profile) FAIL(profile.error().line());
  return *profile;
}

void check_output(const std::string& path, const std::string& text) {
  const std::optional<std::string> approved = golden::read(path);
  CHECK(text.ends_with("\n"));
  if (approved == text) return;
  if (approving()) return golden::write(path, text);
  INFO("accept it with scripts/approve-golden.sh if it is meant");
  if (!approved) FAIL_CHECK(path << " is not approved");
  if (approved) FAIL_CHECK(path << " differs at " << golden::first_difference(*approved, text));
}

void check_leftover(const std::string& path) {
  if (approving()) return golden::remove(path);
  FAIL_CHECK(path << " belongs to nothing; scripts/approve-golden.sh removes it");
}

void check_case(const std::string& name) {
  const Profile profile = load_case(name);
  std::set<std::string> leftovers = golden::names_in("approved/" + name);
  for (const Emitter& emitter : emitters()) {
    const Output output = run(emitter, profile);
    check_output("approved/" + name + "/" + output.file, output.text);
    leftovers.erase(output.file);
  }
  for (const std::string& file : leftovers) check_leftover("approved/" + name + "/" + file);
}

}  // namespace

TEST_CASE("every emitter writes what was approved, for every case") {
  const std::set<std::string> cases = golden::names_in("cases");
  REQUIRE(cases.size() >= 4);
  for (const std::string& name : cases) check_case(name);
}

TEST_CASE("every approved folder has a case") {
  const std::set<std::string> cases = golden::names_in("cases");
  for (const std::string& name : golden::names_in("approved")) {
    if (!cases.contains(name)) check_leftover("approved/" + name);
  }
}

TEST_CASE("cases are in canonical form") {
  for (const std::string& name : golden::names_in("cases")) {
    const std::string path = "cases/" + name + "/profile.json";
    CHECK(golden::read(path) == format_profile(load_case(name)));
  }
}
