// SPDX-License-Identifier: Apache-2.0
#include "profilegen/arguments.h"

#include <catch2/catch.hpp>
#include <set>

using namespace profilegen;

TEST_CASE("a value is read by its name, or as a number") {
  CHECK(argument_text(ArgumentKind::FCNTL, 2) == "F_SETFD");
  CHECK(argument_text(ArgumentKind::FCNTL, 7777) == "7777");
  CHECK(argument_text(ArgumentKind::IOCTL, 0x5401) == "TCGETS");
  CHECK(argument_text(ArgumentKind::IOCTL, 0xdeadbeef) == "0xdeadbeef");
  CHECK(argument_text(ArgumentKind::NUMBER, 0) == "0");
}

TEST_CASE("flags are joined, and what has no name stays a number") {
  CHECK(argument_text(ArgumentKind::PROTECTION, 6) == "PROT_WRITE|PROT_EXEC");
  CHECK(argument_text(ArgumentKind::PROTECTION, 0) == "0");
  CHECK(argument_text(ArgumentKind::CLONE, 0x10020000) == "CLONE_NEWNS|CLONE_NEWUSER");
  CHECK(argument_text(ArgumentKind::CLONE, 0x10000002) == "CLONE_NEWUSER|2");
}

TEST_CASE("the values of a call are read together") {
  CHECK(arguments_text(Arch::x86_64, 41, {2, 1, 6}) == "AF_INET SOCK_STREAM 6");
  CHECK(arguments_text(Arch::x86_64, 41, {}) == "any");
  CHECK(arguments_text(Arch::x86_64, 39, {5}) == "5");                             // getpid has no arguments
  CHECK(arguments_text(Arch::x86_64, 157, {15, 70000}) == "PR_SET_NAME 0x11170");  // more than the call has
}

TEST_CASE("what lies behind a pointer is not taken for an argument") {
  CHECK(recorded_arguments(Arch::x86_64, "mmap").size() == 1);
  CHECK(recorded_arguments(Arch::x86, "mmap").empty());
  CHECK(recorded_arguments(Arch::x86, "mmap2").size() == 1);
  for (const char* call : {"clone3", "socketcall", "ipc"}) CHECK(recorded_arguments(Arch::x86, call).empty());
}

TEST_CASE("the list names calls that exist, and fits into the kernel part's entries") {
  size_t calls = 0;
  for (const Arch arch : {Arch::x86_64, Arch::x86, Arch::x32}) {
    for (const KnownSyscall& call : known_syscalls(arch)) {
      const auto arguments = recorded_arguments(arch, call.name);
      CHECK(arguments.size() <= 3);
      for (const CallArgument& argument : arguments) {
        CHECK(argument.index < 6);
        CHECK(argument.mask != 0);
      }
      calls += arguments.empty() ? 0 : 1;
    }
  }
  CHECK(calls > 50);
}
