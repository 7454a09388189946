// SPDX-License-Identifier: Apache-2.0
#include <catch2/catch.hpp>

#include "profilegen/arguments.h"

using namespace profilegen;

TEST_CASE("a rule for arguments has one text, without a mask that is all bits") {
  const ArgumentRule rule{{0, 0xffffffff, 1}, {1, 0xfff7f7ff, 2}, {5, 0x6, 0}};
  CHECK(argument_rule_text(rule) == "0=0x1 1&0xfff7f7ff=0x2 5&0x6=0x0");
  CHECK(argument_rule_from_text(argument_rule_text(rule)) == rule);
  CHECK(argument_rule_from_text("0=1") == ArgumentRule{{0, 0xffffffff, 1}});
}

TEST_CASE("a text that is no rule for arguments is refused") {
  for (const char* text : {"", " ", "0", "0=", "=1", "6=1", "0=1 ", "0=1  1=2", "0=1 0=2", "1=1 0=2", "0&0x6=0x1",
                           "0&=1", "0=-1", "0=0x", "0=0x1ffffffff", "a=1", "0=1x", "0=1,1=2", "-1=1"}) {
    CAPTURE(text);
    CHECK_FALSE(argument_rule_from_text(text));
  }
}
