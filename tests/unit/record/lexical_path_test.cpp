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
