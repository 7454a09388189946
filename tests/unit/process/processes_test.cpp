// SPDX-License-Identifier: Apache-2.0
#include <catch2/catch.hpp>

#include "profilegen/process/command.h"
#include "profilegen/process/running_process.h"

using namespace profilegen;

TEST_CASE("programs are looked for as execvp does it") {
  CHECK(program_candidates("ls", "/bin::/usr/bin") == std::vector<std::string>{"/bin/ls", "ls", "/usr/bin/ls"});
  CHECK(program_candidates("./ls", "/bin") == std::vector<std::string>{"./ls"});
  CHECK(program_candidates("ls", nullptr) == std::vector<std::string>{"/bin/ls", "/usr/bin/ls"});
}

TEST_CASE("a process that can't be recorded is told from one that can") {
  const std::string running = "Name:\tx\nState:\tS (sleeping)\nTgid:\t7\nPid:\t7\nVmSize:\t 10 kB\nThreads:\t1\n";
  CHECK(check_process(7, running));
  CHECK(check_process(7, "Name:\tx\nState:\tZ (zombie)\nTgid:\t7\nPid:\t7\nThreads:\t3\n"));  // its other threads go on
  CHECK(check_process(7, "").error().what == "does not exist");
  CHECK(check_process(8, running).error().what == "is a thread of process 7");
  CHECK(check_process(7, "State:\tZ (zombie)\nTgid:\t7\nThreads:\t1\n").error().what == "has ended already");
  CHECK(check_process(7, "State:\tI (idle)\nTgid:\t7\nThreads:\t1\n").error().what.starts_with("is a kernel thread"));
}
