// SPDX-License-Identifier: Apache-2.0
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>

#include <catch2/catch.hpp>

#include "profilegen/process/waiting_threads.h"

using namespace profilegen;

namespace {

std::vector<ThreadNow> soon(pid_t child, bool runs) {
  std::vector<ThreadNow> threads;
  for (int times = 0; times < 1000; ++times) {
    threads = threads_around(child);
    if (threads.size() == 1 && threads.front().runs == runs && (runs || threads.front().call)) break;
    usleep(5000);
  }
  return threads;
}

template <typename Act>
std::vector<ThreadNow> of_child(bool runs, const Act& act) {
  const pid_t child = fork();
  if (child == 0) {
    act();
    _exit(0);
  }
  REQUIRE(child > 0);
  const auto threads = soon(child, runs);
  kill(child, SIGKILL);
  waitpid(child, nullptr, 0);
  return threads;
}

}  // namespace

TEST_CASE("It is told in which call a thread waits, or that it runs") {
  const auto waiting = of_child(false, [] { pause(); });
  REQUIRE(waiting.size() == 1);
  CHECK(waiting[0].call == SYS_pause);
  CHECK_FALSE(waiting[0].runs);
  CHECK_FALSE(waiting[0].program.empty());
  const auto running = of_child(true, [] {
    for (volatile bool forever = true; forever;) {
    }
  });
  REQUIRE(running.size() == 1);
  CHECK(running[0].runs);
}

TEST_CASE("A process that is gone has no threads") { CHECK(threads_around(0x7fffffff).empty()); }
