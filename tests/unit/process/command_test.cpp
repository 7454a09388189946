// SPDX-License-Identifier: Apache-2.0
#include "profilegen/process/command.h"

#include <sys/wait.h>

#include <catch2/catch.hpp>
#include <cerrno>

using namespace profilegen;

namespace {

Command on_hold(const std::vector<std::string>& words) {
  sigset_t none;
  sigemptyset(&none);
  auto command = Command::start(words, none);
  REQUIRE(command);
  return std::move(*command);
}

}  // namespace

TEST_CASE("a command that is released runs, or says why it can't") {
  Command passes = on_hold({"sh", "-c", "exit 3"});
  CHECK(passes.release() == 0);
  CHECK(passes.wait() == 3);
  Command missing = on_hold({"/nonexistent"});
  CHECK(missing.release() == ENOENT);
  CHECK(missing.wait() == 127);
}

TEST_CASE("a command that is killed before its release does not take us with it") {
  Command command = on_hold({"true"});
  kill(command.pid(), SIGKILL);
  siginfo_t ended{};
  REQUIRE(waitid(P_PID, static_cast<id_t>(command.pid()), &ended, WEXITED | WNOWAIT) == 0);
  CHECK(command.release() == ESRCH);
  CHECK(command.wait() == 128 + SIGKILL);
}
