// SPDX-License-Identifier: Apache-2.0
#include "profilegen/floor.h"

#include <catch2/catch.hpp>

#include "profilegen/syscalls.h"

using namespace profilegen;

TEST_CASE("versions: the recorded one and the newer ones, never the older") {
  CHECK(find_floor("runc", "1.1.5+ds1")->no_new_privileges.contains("openat2"));
  CHECK(find_floor("runc", "1.1.12")->no_new_privileges.contains("epoll_ctl"));  // as of 1.1.5, before it
  CHECK(find_floor("runc", "")->no_new_privileges.contains("epoll_ctl"));
  const RuntimeFloor newest = *find_floor("runc", "1.3.6");
  CHECK(newest.measured);
  CHECK(newest.no_new_privileges.contains("openat2"));
  CHECK_FALSE(newest.no_new_privileges.contains("epoll_ctl"));
  const RuntimeFloor newer = *find_floor("runc", "1.4.0-rc.1");
  CHECK_FALSE(newer.measured);
  CHECK(newer.no_new_privileges.empty());
  CHECK(newer.margin.contains("futex"));
  CHECK_FALSE(find_floor("youki", "0.1"));
}

TEST_CASE("no floor holds what a runtime does before it loads the filter, or only tries") {
  for (const std::string runtime : {"runc", "crun"}) {
    const RuntimeFloor known = *find_floor(runtime, "");
    for (const auto& calls : {known.plain, known.no_new_privileges}) {
      CHECK(calls.contains("execve"));
      for (const std::string call :
           {"mount", "pivot_root", "setns", "unshare", "keyctl", "clone", "clone3", "fsopen", "open_tree"}) {
        CAPTURE(runtime, call);
        CHECK_FALSE(calls.contains(call));
        CHECK_FALSE(known.margin.contains(call));
      }
    }
  }
}

TEST_CASE("with no-new-privileges a runtime calls little: it loads the filter last") {
  for (const std::string runtime : {"runc", "crun"}) {
    const RuntimeFloor known = *find_floor(runtime, "");
    CHECK(known.no_new_privileges.size() + 8 < known.plain.size());
    for (const std::string call : {"capset", "setuid", "setresuid", "setgroups", "prctl"})
      CHECK_FALSE(known.no_new_privileges.contains(call));
  }
}

TEST_CASE("every call of the floors is a call") {
  for (const std::string runtime : {"runc", "crun"}) {
    RuntimeFloor known = *find_floor(runtime, "");
    known.plain.merge(known.margin);
    known.plain.merge(known.no_new_privileges);
    for (const std::string& call : known.plain) {
      CAPTURE(call);
      CHECK(syscall_number(Arch::x86_64, call));
    }
  }
}

TEST_CASE("each measured version has its ways to start a program, and newer versions follow older ones") {
  const auto all = measured_versions();
  REQUIRE(all.size() >= 6);
  for (const MeasuredVersion& one : all) {
    CAPTURE(one.runtime, one.version);
    CHECK(one.cases.size() >= 10);
    CHECK_FALSE(one.dispensable.contains("execve"));
    for (const MeasuredCase& way : one.cases) CHECK(way.calls.contains("execve"));
  }
  const auto newer = measured_versions("runc", "1.1.12");
  REQUIRE(newer.size() >= 2);
  CHECK(newer.front().version == "1.1.5");
  CHECK(measured_versions("runc", "9.9").empty());
  CHECK(measured_versions("youki", "").empty());
}
