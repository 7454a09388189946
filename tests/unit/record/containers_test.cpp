// SPDX-License-Identifier: Apache-2.0
#include <unistd.h>

#include <catch2/catch.hpp>
#include <cstdlib>
#include <filesystem>

#include "containers/cgroups.h"
#include "containers/live_run.h"
#include "containers/runtime_versions.h"
#include "events/blocked_calls.h"

using namespace profilegen;

namespace {
const std::string kId(64, 'a');
}

TEST_CASE("containers are told apart in the hierarchy with the pids controller, else in v2's") {
  CHECK(container_hierarchy("9:name=systemd:/\n8:pids:/x\n0::/\n") == 8);
  CHECK(container_hierarchy("3:cpu,pids:/\n") == 3);
  CHECK(container_hierarchy("0::/user.slice\n") == 0);
}

TEST_CASE("a cgroup was made by whom the topmost one above it belongs to that is not root's") {
  std::string mount = "/tmp/cgroups-XXXXXX";
  REQUIRE(mkdtemp(mount.data()) != nullptr);
  const std::string path = "/user.slice/app/docker-" + kId + ".scope";
  std::filesystem::create_directories(mount + path);
  CHECK(owner_above(mount, path) == getuid());
  CHECK(owner_above(mount, "/docker-" + kId) == 0U);  // the mount itself is the kernel's
  CHECK_FALSE(owner_above(mount, "/gone/below/" + kId));
  if (getuid() == 0) {
    REQUIRE(chown((mount + path).c_str(), 1000, 0) == 0);  // a runtime gives a container its own
    CHECK(owner_above(mount, path) == 0U);
    REQUIRE(chown((mount + "/user.slice/app").c_str(), 1000, 0) == 0);
    CHECK(owner_above(mount, path) == 1000U);
  }
  std::filesystem::remove_all(mount);
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

TEST_CASE("the call that a thread is blocked in") {
  const auto call = [](Arch arch, uint32_t number) { return SyscallKey{Phase::app, arch, number}; };
  CHECK(blocked_call("35 0x7ffd 0x0 0x0 0x0 0x0 0x0 0x7ffd 0x7f00", false) == call(native_arch(), 35));
  CHECK_FALSE(blocked_call("running", false));
  CHECK_FALSE(blocked_call("-1 0x7ffd 0x7f00", false));
  CHECK_FALSE(blocked_call("", false));
#if defined(__x86_64__)
  CHECK(blocked_call("29 0x7ffd 0x0 0x0 0x0 0x0 0x0 0x7ffd 0x7f00", true) == call(Arch::x86, 29));
  CHECK(blocked_call("1073741858 0x0 0x0 0x0 0x0 0x0 0x0 0x7ffd 0x7f00", false) == call(Arch::x32, 34));
#endif
}

#if defined(__x86_64__)
TEST_CASE("which blocked calls the kernel continues by restart_syscall") {
  const auto continued = [](const std::string& text, bool compat = false) {
    return is_continued(text, blocked_call(text, compat).value());
  };
  CHECK(continued("35 0x7ffd 0x0 0x0 0x0 0x0 0x0 0x7ffd 0x7f00"));           // nanosleep
  CHECK(continued("230 0x0 0x0 0x7ffd 0x0 0x0 0x0 0x7ffd 0x7f00"));          // clock_nanosleep
  CHECK_FALSE(continued("230 0x0 0x1 0x7ffd 0x0 0x0 0x0 0x7ffd 0x7f00"));    // with TIMER_ABSTIME
  CHECK(continued("7 0x7ffd 0x1 0xffffffff 0x0 0x0 0x0 0x7ffd 0x7f00"));     // poll
  CHECK_FALSE(continued("7 0x7ffd 0x1 0x0 0x0 0x0 0x0 0x7ffd 0x7f00"));      // that does not wait
  CHECK(continued("202 0x7ffd 0x189 0x0 0x7ffd 0x0 0xffff 0x7ffd 0x7f00"));  // futex, FUTEX_WAIT_BITSET with a time
  CHECK_FALSE(continued("202 0x7ffd 0x189 0x0 0x0 0x0 0xffff 0x7ffd 0x7f00"));
  CHECK_FALSE(continued("202 0x7ffd 0x86 0x0 0x7ffd 0x0 0x0 0x7ffd 0x7f00"));  // FUTEX_LOCK_PI
  CHECK_FALSE(continued("23 0x5 0x0 0x0 0x0 0x7ffd 0x0 0x7ffd 0x7f00"));       // select
  CHECK_FALSE(continued("232 0x5 0x7ffd 0x1 0x64 0x0 0x0 0x7ffd 0x7f00"));     // epoll_wait
  CHECK(continued("168 0xffd 0x1 0x64 0x0 0x0 0x0 0x7ffd 0x7f00", true));      // i386's poll
}
#endif

TEST_CASE("a process has a handler when it catches a signal") {
  CHECK(has_handler("SigIgn:\t0000000000001000\nSigCgt:\t0000000000004002\n"));
  CHECK_FALSE(has_handler("SigIgn:\t0000000000001000\nSigCgt:\t0000000000000000\n"));
  CHECK_FALSE(has_handler(""));
}

TEST_CASE("runtimes tell their version in one way") {
  using Version = std::pair<std::string, std::string>;
  CHECK(parse_runtime_version("runc version 1.1.5+ds1\ncommit: x\n") == Version{"runc", "1.1.5"});
  CHECK(parse_runtime_version("crun version 1.8.1\n") == Version{"crun", "1.8.1"});
  CHECK(parse_runtime_version("usage: something\n") == Version{"", ""});
}

TEST_CASE("evidence counts from the recording's begin, and a name of 16 bytes has no terminator") {
  LiveRun live;
  live.begin_ns = 100;
  live.run = new_run_id();
  CHECK(live.run.size() == 16);
  pg_first first{};
  first.ns = 150;
  std::fill(std::begin(first.program), std::end(first.program), 'x');
  CHECK(live.evidence(first).first.ns == 50);
  CHECK(live.evidence(first).first.program == std::string(16, 'x'));
  first.ns = 50;
  CHECK(live.evidence(first).first.ns == 0);
}

TEST_CASE("of a container that is not wanted nothing stays but who it is") {
  LiveRun live;
  live.index = 7;
  live.run = new_run_id();
  live.id = kId;
  live.wanted = Wanted::no;
  live.asked = true;
  live.late = true;
  live.end(5);
  const RunId run = live.run;
  REQUIRE(look_into_process(live, static_cast<uint32_t>(getpid())));
  live.bundle_config = live.engine_files = "{}";
  live.info.emplace();
  live.facts.sockets[{1, 1, SocketUse::made}] = {};
  live.files.add("/a", FileOp::CREATE, {});
  live.refused.add("/a", FileOp::CREATE, {});
  live.barred.add("/a", FileOp::CREATE, {});
  live.sizes.add("/a/b", 12, live.paths);
  live.seen_stacks.emplace_back();
  live.stacks.emplace_back();
  live.chroots[1] = "/a";
  live.first_names[1] = {};
  live.tentative[1].emplace_back();
  REQUIRE(live.names_seen.insert("a"));
  live.surroundings.emplace();
  live.peaks.front() = 1;
  live.lost_paths = 1;
  live.remounted = true;

  forget(live);
  CHECK(live.index == 7);
  CHECK(live.run == run);
  CHECK(live.id == kId);
  CHECK(live.wanted == Wanted::no);
  CHECK((live.asked && live.late && live.ended));
  CHECK(live.end_ns == 5);
  CHECK((live.mounts.empty() && live.namespaces.empty()));
  CHECK_FALSE(live.paths.status("/"));
  CHECK((live.bundle_config.empty() && live.engine_files.empty()));
  CHECK_FALSE((live.info || live.surroundings));
  CHECK(live.facts.sockets.empty());
  CHECK((live.files.is_empty() && live.refused.is_empty() && live.barred.is_empty()));
  CHECK(live.sizes.by_directory().empty());
  CHECK((live.seen_stacks.empty() && live.stacks.empty()));
  CHECK((live.chroots.empty() && live.first_names.empty() && live.tentative.empty()));
  CHECK(live.names_seen.insert("a"));
  CHECK(live.peaks.front() == 0);
  CHECK(live.lost_paths == 0);
  CHECK_FALSE(live.remounted);
}
