// SPDX-License-Identifier: Apache-2.0
#include "profilegen/lines.h"

#include <catch2/catch.hpp>

using namespace profilegen;

TEST_CASE("printable text is one line of UTF-8") {
  CHECK(printable("/a b/\xc3\xa9") == "/a b/\xc3\xa9");
  CHECK(printable("/a\nb\x7f\xff\\c") == "/a\\x0ab\\x7f\\xff\\\\c");
}
