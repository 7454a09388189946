// SPDX-License-Identifier: Apache-2.0
#include "profilegen/paths.h"

#include <catch2/catch.hpp>

using namespace profilegen;

TEST_CASE("a path is below each directory above it, and not below itself or a name that begins alike") {
  CHECK(is_below("/a/b/c", "/a"));
  CHECK(is_below("/a", "/"));
  CHECK_FALSE(is_below("/a", "/a"));
  CHECK_FALSE(is_below("/ab", "/a"));
  CHECK_FALSE(is_below("/", "/"));
}

TEST_CASE("a path is at or below itself") {
  CHECK(is_at_or_below("/a", "/a"));
  CHECK(is_at_or_below("/", "/"));
  CHECK(is_at_or_below("/a/b", "/a"));
  CHECK_FALSE(is_at_or_below("/ab", "/a"));
  CHECK_FALSE(is_at_or_below("/a", "/a/b"));
}

TEST_CASE("the parent of a name in the root, and of the root, is the root") {
  CHECK(parent_directory("/a/b") == "/a");
  CHECK(parent_directory("/a") == "/");
  CHECK(parent_directory("/") == "/");
}
