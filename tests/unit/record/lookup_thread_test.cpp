// SPDX-License-Identifier: Apache-2.0
#include "paths/lookup_thread.h"

#include <atomic>
#include <catch2/catch.hpp>
#include <memory>
#include <string>
#include <thread>

using namespace profilegen;

TEST_CASE("look-ups are answered one after the other") {
  LookupThread lookups;
  CHECK(lookups.ask([] { return std::string("first"); }) == "first");
  CHECK(lookups.ask([] { return 2; }) == 2);
  CHECK_FALSE(lookups.has_given_up());
}

TEST_CASE("after a look-up that never ends there are none any more, and nobody waits for one") {
  const auto go = std::make_shared<std::atomic<bool>>(false);
  LookupThread lookups;
  CHECK_FALSE(lookups.ask([go] {
    go->wait(false);
    return 1;
  }));
  CHECK(lookups.has_given_up());
  const auto begin = std::chrono::steady_clock::now();
  for (int i = 0; i < 1000; ++i) CHECK_FALSE(lookups.ask([] { return 2; }));
  CHECK(std::chrono::steady_clock::now() - begin < LookupThread::kPatience);
  *go = true;
  go->notify_all();
}
