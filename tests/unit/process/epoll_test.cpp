// SPDX-License-Identifier: Apache-2.0
#include "profilegen/process/epoll.h"

#include <sys/resource.h>

#include <catch2/catch.hpp>
#include <cerrno>

using namespace profilegen;
using namespace std::chrono_literals;

namespace {

// No descriptor can be opened meanwhile.
class NoMoreFiles {
 public:
  NoMoreFiles() {
    getrlimit(RLIMIT_NOFILE, &before_);
    const rlimit none{0, before_.rlim_max};
    setrlimit(RLIMIT_NOFILE, &none);
  }
  NoMoreFiles(const NoMoreFiles&) = delete;
  NoMoreFiles& operator=(const NoMoreFiles&) = delete;
  ~NoMoreFiles() { setrlimit(RLIMIT_NOFILE, &before_); }

 private:
  rlimit before_{};
};

}  // namespace

TEST_CASE("a timer is readable when its time has passed, and not before") {
  const auto epoll = Epoll::create();
  const auto soon = start_timer(1ms, 0ms);
  const auto late = start_timer(1h, 1h);
  REQUIRE((epoll && soon && late));
  REQUIRE(epoll->add(soon->get()));
  REQUIRE(epoll->add(late->get()));
  CHECK(epoll->wait(10s) == std::vector<int>{soon->get()});
  epoll->remove(soon->get());
  CHECK(epoll->wait(0ms).empty());
}

TEST_CASE("what can't be waited for is an error") {
  const auto epoll = Epoll::create();
  REQUIRE(epoll);
  CHECK(epoll->add(-1).error().errnum == EBADF);
  const NoMoreFiles none;
  CHECK(Epoll::create().error().errnum == EMFILE);
  CHECK(start_timer(1ms, 0ms).error().errnum == EMFILE);
}
