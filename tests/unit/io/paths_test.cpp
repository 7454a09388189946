// SPDX-License-Identifier: Apache-2.0
#include <catch2/catch.hpp>

#include "profilegen/paths.h"

using namespace profilegen;

TEST_CASE("a directory's neighbour with the same beginning does not lie under it") {
  CHECK(is_at_or_below("/var/lib", "/var/lib"));
  CHECK(is_at_or_below("/var/lib/x", "/var/lib"));
  CHECK_FALSE(is_at_or_below("/var/library", "/var/lib"));
  CHECK(is_at_or_below("/anything", "/"));
  CHECK(is_at_or_below("/", "/"));
}

TEST_CASE("a directory is not below itself") {
  CHECK(is_below("/var/lib/x", "/var/lib"));
  CHECK_FALSE(is_below("/var/lib", "/var/lib"));
  CHECK_FALSE(is_below("/var/library", "/var/lib"));
  CHECK(is_below("/anything", "/"));
  CHECK_FALSE(is_below("/", "/"));
}

TEST_CASE("the root is its own parent") {
  CHECK(parent_directory("/a/b") == "/a");
  CHECK(parent_directory("/a") == "/");
  CHECK(parent_directory("/") == "/");
}
