// SPDX-License-Identifier: Apache-2.0
#include "profilegen/process/helper_process.h"

#include <catch2/catch.hpp>
#include <chrono>
#include <thread>

#include "profilegen/process/process_status.h"

using namespace profilegen;

namespace {

// Gone, or a zombie that nobody has waited for yet.
bool has_ended(int pid) {
  for (int i = 0; i < 200; ++i) {
    const std::string status = process_status(pid);
    if (status.empty() || status_field(status, "State").starts_with("Z")) return true;
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  return false;
}

}  // namespace

TEST_CASE("what a helper prints is its answer, unless it fails") {
  CHECK(run_helper({"sh", "-c", "echo one; echo two"}).value() == "one\ntwo\n");
  CHECK_FALSE(run_helper({"sh", "-c", "echo one; exit 1"}));
  CHECK_FALSE(run_helper({"/nonexistent"}));
}

TEST_CASE("a helper that hangs is killed with what it started") {
  auto helper = HelperProcess::start({"sh", "-c", "sleep 30 & echo $!; wait"});
  REQUIRE(helper);
  CHECK_FALSE(helper->finish(std::chrono::milliseconds(500)));
  const int started = std::stoi(helper->text());
  CHECK(has_ended(started));
}

TEST_CASE("a helper has one deadline for its whole answer, however often it says something") {
  const auto begin = std::chrono::steady_clock::now();
  auto chatty = HelperProcess::start({"sh", "-c", "while echo; do sleep 0.05; done"});
  REQUIRE(chatty);
  CHECK_FALSE(chatty->finish(std::chrono::milliseconds(300)));
  auto silent = HelperProcess::start({"sh", "-c", "exec >&-; sleep 30"});
  REQUIRE(silent);
  CHECK_FALSE(silent->finish(std::chrono::milliseconds(300)));
  CHECK(std::chrono::steady_clock::now() - begin < std::chrono::seconds(5));
}

TEST_CASE("an answer without an end is cut off, and its helper killed") {
  auto helper = HelperProcess::start({"sh", "-c", "echo $$; cat /dev/zero"});
  REQUIRE(helper);
  const auto answer = helper->finish();
  REQUIRE_FALSE(answer);
  CHECK(answer.error().line() == "sh: answered with more than 64 MiB");
  CHECK(helper->text().size() < (size_t{65} << 20U));
  CHECK(has_ended(std::stoi(helper->text())));
}

TEST_CASE("a helper that nobody waits for is ended with what it started") {
  std::string text;
  {
    auto helper = HelperProcess::start({"sh", "-c", "sleep 30 & echo $!; wait"});
    REQUIRE(helper);
    while (text.find('\n') == std::string::npos && helper->read_some()) text = helper->text();
  }
  CHECK(has_ended(std::stoi(text)));
}
