// SPDX-License-Identifier: Apache-2.0
#include "paths/lexical_path.h"

#include <catch2/catch.hpp>

using namespace profilegen;

TEST_CASE("dots and repeated slashes are folded, and nothing is above the root") {
  CHECK(fold_path("/a/./b//c/../d/") == "/a/b/d");
  CHECK(fold_path("/../..") == "/");
  CHECK(fold_path("") == "/");
  CHECK(fold_path("/a/...") == "/a/...");
}

TEST_CASE("a directory's neighbour with the same beginning does not lie under it") {
  CHECK(lies_under("/var/lib", "/var/lib"));
  CHECK(lies_under("/var/lib/x", "/var/lib"));
  CHECK_FALSE(lies_under("/var/library", "/var/lib"));
  CHECK(lies_under("/anything", "/"));
}

TEST_CASE("the root is its own parent") {
  CHECK(parent_of("/a/b") == "/a");
  CHECK(parent_of("/a") == "/");
  CHECK(parent_of("/") == "/");
}
