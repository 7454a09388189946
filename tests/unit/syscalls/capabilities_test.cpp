// SPDX-License-Identifier: Apache-2.0
#include "profilegen/capabilities.h"

#include <linux/capability.h>

#include <catch2/catch.hpp>
#include <fstream>
#include <regex>

using namespace profilegen;

TEST_CASE("capabilities are numbered as in linux/capability.h") {
  // Reads the kernel's header, so that no number is written twice.
  std::ifstream header("/usr/include/linux/capability.h");
  REQUIRE(header);
  const std::regex define("#define CAP_([A-Z_]+)\\s+([0-9]+)\\s*");
  int seen = 0;
  for (std::string line; std::getline(header, line);) {
    std::smatch match;
    if (!std::regex_match(line, match, define)) continue;
    const auto number = static_cast<uint32_t>(std::stoul(match[2]));
    INFO(line);
    CHECK(capability_name(number) == match[1]);
    CHECK(capability_number(match[1].str()) == number);
    ++seen;
  }
  CHECK(seen >= CAP_LAST_CAP + 1);
}

TEST_CASE("a capability without a name is written by number") {
  CHECK(capability_name(CAP_LAST_CAP) == "CHECKPOINT_RESTORE");
  CHECK(capability_name(CAP_LAST_CAP + 1) == "#41");
  CHECK(capability_number("#41") == 41U);
}

TEST_CASE("capability names are taken with or without CAP_ and in any case") {
  CHECK(capability_number("CAP_SYS_ADMIN") == 21U);
  CHECK(capability_number("sys_admin") == 21U);
  CHECK(capability_number("cap_Sys_Admin") == 21U);
}

TEST_CASE("what is no capability has no number") {
  for (const char* name : {"", "CAP_", "CAP_CAP_KILL", "ALL", "SYS_ADMIN ", "#", "#-1", "#4294967296", "#01", "#1x"}) {
    INFO(name);
    CHECK_FALSE(capability_number(name));
  }
}

TEST_CASE("programs often do without KILL, not without what they bind a port or become another user with") {
  CHECK(is_often_done_without("KILL"));
  CHECK(is_often_done_without("DAC_READ_SEARCH"));
  CHECK_FALSE(is_often_done_without("NET_BIND_SERVICE"));
  CHECK_FALSE(is_often_done_without("SETUID"));
  for (const char* name : {"FOWNER", "FSETID", "DAC_OVERRIDE", "SYS_NICE", "SYS_RESOURCE", "AUDIT_WRITE"})
    CHECK((is_often_done_without(name) && capability_number(name)));
}
