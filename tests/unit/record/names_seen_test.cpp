// SPDX-License-Identifier: Apache-2.0
#include "files/names_seen.h"

#include <catch2/catch.hpp>
#include <string>

using namespace profilegen;

TEST_CASE("a name is new once, and again after all were forgotten") {
  NamesSeen seen;
  CHECK(seen.insert("/a"));
  CHECK_FALSE(seen.insert("/a"));
  CHECK(seen.insert("/b"));
  seen.clear();
  CHECK(seen.insert("/a"));
}

TEST_CASE("of a million names none is taken for another, and most of the last ones are known") {
  NamesSeen seen;
  int new_names = 0;
  for (int i = 0; i < 1'000'000; ++i) new_names += seen.insert("/name-" + std::to_string(i)) ? 1 : 0;
  CHECK(new_names == 1'000'000);
  int known = 0;
  for (int i = 999'000; i < 1'000'000; ++i) known += seen.insert("/name-" + std::to_string(i)) ? 0 : 1;
  CHECK(known > 900);
}
