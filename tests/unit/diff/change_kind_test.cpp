// SPDX-License-Identifier: Apache-2.0
#include <catch2/catch.hpp>
#include <fstream>
#include <nlohmann/json.hpp>
#include <set>

#include "profilegen/diff.h"

using namespace profilegen;

namespace {

std::set<std::string> all_names() {
  return {
#define CHANGE_KIND(id, name) name,
#include "profilegen/change_kinds.def"
#undef CHANGE_KIND
  };
}

}  // namespace

TEST_CASE("a kind of change is read by its name, and by no other") {
  for (const std::string& name : all_names()) {
    const auto kind = change_kind_from_name(name);
    REQUIRE(kind);
    CHECK(change_kind_name(*kind) == name);
  }
  CHECK_FALSE(change_kind_from_name("default_answer"));
  CHECK_FALSE(change_kind_from_name(""));
}

TEST_CASE("the schema of the JSON format knows the same kinds of change") {
  std::ifstream file(DIFF_SCHEMA);
  const auto schema = nlohmann::json::parse(file);
  CHECK(schema.at("definitions").at("kind").at("enum").get<std::set<std::string>>() == all_names());
}
