// SPDX-License-Identifier: Apache-2.0
// Which calls only one program makes.
#include <catch2/catch.hpp>
#include <iostream>

#include "support/recorded.h"

using namespace profilegen;

namespace {

std::string only(const Trace& trace, const std::string& call) {
  return trace.syscalls.at({Phase::app, native_arch(), *syscall_number(native_arch(), call)}).only;
}

}  // namespace

TEST_CASE("A call is one program's alone until another makes it, whatever its threads call themselves") {
  const Scratch scratch;
  const std::string priority = prog("priority");
  const Trace one = scratch.record({"sh", "-c", priority + "; " + priority + " yield"});
  CHECK(only(one, "getpriority") == "priority");
  CHECK(only(one, "sched_yield") == "priority");
  CHECK(only(one, "wait4") == "sh");
  CHECK(only(one, "execve") == "sh");
  CHECK(only(one, "mmap").empty());
  // The same program under another name counts as another program.
  const Trace two = scratch.record({"sh", "-c", "cp " + priority + " other && ./other && " + priority + " yield"});
  CHECK(only(two, "getpriority").empty());
  CHECK(only(two, "sched_yield") == "priority");
}

TEST_CASE("A call through the vsyscall page is no program's alone when another makes it, too") {
  const std::string vsyscall = prog("vsyscall");
  const Scratch untraced;
  if (untraced.run({vsyscall}).status != 0) {
    std::cout << "this kernel has no vsyscall page\n";
    return;
  }
  const Scratch scratch;
  CHECK(only(scratch.record({"sh", "-c", vsyscall + "; " + vsyscall}), "time") == "vsyscall");
  CHECK(only(scratch.record({"sh", "-c", "cp " + vsyscall + " other && ./other && " + vsyscall}), "time").empty());
}

TEST_CASE("Of more programs than have a number nothing is said") {
  const Scratch scratch;
  const Trace many = scratch.record(
      {"sh", "-c",
       "for i in $(seq 70); do cp " + prog("priority") + " p$i && ./p$i || exit 1; done; cp p1 last && ./last yield"});
  CHECK(only(many, "getpriority").empty());
  CHECK(only(many, "sched_yield").empty());
  CHECK(only(many, "wait4") == "sh");
}
