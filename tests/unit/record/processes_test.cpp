// SPDX-License-Identifier: Apache-2.0
#include <catch2/catch.hpp>

#include "blocked_calls.h"
#include "cgroups.h"
#include "command.h"
#include "running_process.h"
#include "runtime_versions.h"
#include "target.h"

using namespace profilegen;

namespace {
const std::string kId(64, 'a');
}

TEST_CASE("containers are told apart in the hierarchy with the pids controller, else in v2's") {
  CHECK(container_hierarchy("9:name=systemd:/\n8:pids:/x\n0::/\n") == 8);
  CHECK(container_hierarchy("3:cpu,pids:/\n") == 3);
  CHECK(container_hierarchy("0::/user.slice\n") == 0);
}

TEST_CASE("a cgroup's path may hold colons") {
  CHECK(cgroup_path("8:pids:/a:b\n0::/c\n", 8) == "/a:b");
  CHECK(cgroup_path("0::/c\n", 0) == "/c");
  CHECK_FALSE(cgroup_path("0::/c\n", 8));
}

TEST_CASE("a process in a cgroup below its container's belongs to the container, and to the inner of two") {
  const std::string id(64, 'a');
  const std::string inner(64, 'b');
  CHECK(containers_own("/system.slice/libpod-" + id + ".scope/container") == "/system.slice/libpod-" + id + ".scope");
  CHECK(containers_own("/docker/" + id) == "/docker/" + id);
  CHECK(containers_own("/docker/" + id + "/docker/" + inner + "/init.scope") == "/docker/" + id + "/docker/" + inner);
  CHECK(containers_own("/user.slice/session-1.scope") == "/user.slice/session-1.scope");
  CHECK(containers_own("/") == "/");
}

TEST_CASE("a container's id is found in what engines call its cgroup") {
  CHECK(container_id_in(kId) == kId);
  CHECK(container_id_in("docker-" + kId + ".scope") == kId);
  CHECK(container_id_in("libpod-" + kId + ".scope") == kId);
  CHECK(container_id_in(kId + "a").empty());
  CHECK(container_id_in("ssh.service").empty());
}

TEST_CASE("programs are looked for as execvp does it") {
  CHECK(program_candidates("ls", "/bin::/usr/bin") == std::vector<std::string>{"/bin/ls", "ls", "/usr/bin/ls"});
  CHECK(program_candidates("./ls", "/bin") == std::vector<std::string>{"./ls"});
  CHECK(program_candidates("ls", nullptr) == std::vector<std::string>{"/bin/ls", "/usr/bin/ls"});
}

TEST_CASE("the call that a thread is blocked in") {
  CHECK(blocked_call("35 0x7ffd 0x0 0x0 0x0 0x0 0x0 0x7ffd 0x7f00") == 35U);
  CHECK_FALSE(blocked_call("running"));
  CHECK_FALSE(blocked_call("-1 0x7ffd 0x7f00"));
  CHECK_FALSE(blocked_call(""));
}

TEST_CASE("a process that can't be recorded is told from one that can") {
  const std::string running = "Name:\tx\nState:\tS (sleeping)\nTgid:\t7\nPid:\t7\nVmSize:\t 10 kB\nThreads:\t1\n";
  CHECK(check_process(7, running));
  CHECK(check_process(7, "Name:\tx\nState:\tZ (zombie)\nTgid:\t7\nPid:\t7\nThreads:\t3\n"));  // its others go on
  CHECK(check_process(7, "").error().what == "does not exist");
  CHECK(check_process(8, running).error().what == "is a thread of process 7");
  CHECK(check_process(7, "State:\tZ (zombie)\nTgid:\t7\nThreads:\t1\n").error().what == "has ended already");
  CHECK(check_process(7, "State:\tI (idle)\nTgid:\t7\nThreads:\t1\n").error().what.starts_with("is one of the kernel"));
}

TEST_CASE("runtimes tell their version in one way") {
  using Version = std::pair<std::string, std::string>;
  CHECK(parse_runtime_version("runc version 1.1.5+ds1\ncommit: x\n") == Version{"runc", "1.1.5"});
  CHECK(parse_runtime_version("crun version 1.8.1\n") == Version{"crun", "1.8.1"});
  CHECK(parse_runtime_version("usage: something\n") == Version{"", ""});
}

TEST_CASE("evidence counts from the recording's begin, and a name of 16 bytes has no terminator") {
  Target target;
  target.begin_ns = 100;
  target.run = new_run_id();
  CHECK(target.run.size() == 16);
  pg_first first{};
  first.ns = 150;
  std::fill(std::begin(first.program), std::end(first.program), 'x');
  CHECK(target.evidence(first).first.ns == 50);
  CHECK(target.evidence(first).first.program == std::string(16, 'x'));
  first.ns = 50;
  CHECK(target.evidence(first).first.ns == 0);
}
