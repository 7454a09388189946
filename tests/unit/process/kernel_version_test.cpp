// SPDX-License-Identifier: Apache-2.0
#include <catch2/catch.hpp>

#include "profilegen/process/kernel_version.h"

using namespace profilegen;

TEST_CASE("a kernel's version is the two first numbers of its release, and compares as numbers") {
  CHECK(kernel_version("6.1.0-13-amd64") == std::pair(6, 1));
  CHECK(kernel_version("6.19-rc1") == std::pair(6, 19));
  CHECK(kernel_version("6.18") == std::pair(6, 18));
  CHECK(kernel_version("5.4.0") < kernel_version("5.15.0"));
  CHECK(kernel_version("6.18.9") < kernel_version("7.0.0"));
}

TEST_CASE("what is not a release has version 0.0") {
  for (const char* text : {"", "linux", "6", "6-rc1", "6.", "6.x", ".6"}) {
    INFO(text);
    CHECK(kernel_version(text) == std::pair(0, 0));
  }
}
