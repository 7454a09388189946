// SPDX-License-Identifier: Apache-2.0
#include "kernel/claim.h"

#include <catch2/catch.hpp>
#include <cerrno>
#include <set>

using namespace profilegen;

namespace {

// As the kernel's map: what is in it is somebody's, and there is room for so many.
struct Claims {
  std::set<uint32_t> taken;
  size_t room;

  std::function<int(uint32_t)> as_take() {
    return [this](uint32_t number) {
      if (taken.contains(number)) return EEXIST;
      if (taken.size() >= room) return E2BIG;
      taken.insert(number);
      return 0;
    };
  }
};

}  // namespace

TEST_CASE("a number is claimed that nobody has") {
  Claims claims{{2, 3}, 8};
  CHECK(claim_number(2, 8, claims.as_take()).value() == 4);
  CHECK(claims.taken == std::set<uint32_t>{2, 3, 4});
}

TEST_CASE("without room no number is claimed, and none beyond the last one") {
  Claims full{{0, 1}, 2};
  CHECK(claim_number(0, 8, full.as_take()).error().errnum == E2BIG);
  Claims roomy{{0, 1}, 8};
  CHECK(claim_number(0, 2, roomy.as_take()).error().errnum == ENOSPC);
  CHECK(roomy.taken.size() == 2);
}
