// SPDX-License-Identifier: Apache-2.0
#include "profilegen/permissions.h"

#include <catch2/catch.hpp>

using namespace profilegen;

TEST_CASE("permissions have one order") {
  CHECK(join_permissions("mr", "wr") == "rwm");
  CHECK(join_permissions("rmix", "kw") == "rwmkix");
  CHECK(are_permissions("rwmklix"));
  CHECK_FALSE(are_permissions("wr"));
  CHECK_FALSE(are_permissions("rx"));
  CHECK_FALSE(are_permissions(""));
  CHECK_FALSE(are_permissions("rr"));
}
