// SPDX-License-Identifier: Apache-2.0
#include "profilegen/syscalls.h"

#include <sys/syscall.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <fstream>
#include <regex>
#include <set>

using namespace profilegen;

namespace {

constexpr Arch kArches[] = {Arch::x86_64, Arch::x86, Arch::x32, Arch::aarch64, Arch::arm};

bool is_newer(Arch arch, const std::string& name) {
  const auto& calls = known_syscalls(arch);
  const auto found = std::find_if(calls.begin(), calls.end(), [&](const auto& call) { return call.name == name; });
  REQUIRE(found != calls.end());
  return found->newer;
}

}  // namespace

TEST_CASE("a number means another call in each table") {
  CHECK(syscall_name(Arch::x86_64, 11) == "munmap");
  CHECK(syscall_name(Arch::x86, 11) == "execve");
  CHECK(syscall_name(Arch::x32, 520) == "execve");
  CHECK(syscall_name(Arch::aarch64, 221) == "execve");
  CHECK(syscall_name(Arch::arm, 11) == "execve");
}

TEST_CASE("x32 numbers are without bit 30") {
  CHECK(syscall_number(Arch::x32, "read") == 0U);
  CHECK(syscall_number(Arch::x32, "execve") == 520U);
  CHECK(syscall_number(Arch::x32, "pwritev2") == 547U);
  CHECK_FALSE(syscall_name(Arch::x32, 0x40000000));
}

TEST_CASE("calls that i386 also has in socketcall and ipc have their own numbers") {
  CHECK(syscall_number(Arch::x86, "socket") == 359U);
  CHECK(syscall_number(Arch::x86, "accept4") == 364U);
  CHECK(syscall_number(Arch::x86, "semget") == 393U);
  CHECK(syscall_name(Arch::x86, 359) == "socket");
  CHECK_FALSE(syscall_number(Arch::x86, "accept"));
}

TEST_CASE("arm's private calls have names") {
  CHECK(syscall_number(Arch::arm, "set_tls") == 0x0f0005U);
  CHECK(syscall_name(Arch::arm, 0x0f0002) == "cacheflush");
}

TEST_CASE("calls newer than libseccomp have names in every table") {
  for (const Arch arch : kArches) {
    CHECK(syscall_number(arch, "mseal") == 462U);
    CHECK(syscall_name(arch, 469) == "file_setattr");
  }
  CHECK(syscall_number(Arch::x86_64, "uretprobe") == 335U);
  CHECK_FALSE(syscall_number(Arch::aarch64, "uretprobe"));
  CHECK_FALSE(syscall_number(Arch::arm, "memfd_secret"));
}

TEST_CASE("the headers of the build machine agree") {
#if defined(__x86_64__)
  std::ifstream header("/usr/include/x86_64-linux-gnu/asm/unistd_64.h");
  REQUIRE(header);
  const std::regex define("#define __NR_([a-z0-9_]+) ([0-9]+)");
  int seen = 0;
  for (std::string line; std::getline(header, line);) {
    std::smatch match;
    if (!std::regex_match(line, match, define)) continue;
    INFO(line);
    CHECK(syscall_number(Arch::x86_64, match[1].str()) == static_cast<uint32_t>(std::stoul(match[2])));
    ++seen;
  }
  CHECK(seen > 350);
#else
  CHECK(syscall_number(native_arch(), "read") == static_cast<uint32_t>(SYS_read));
#endif
}

TEST_CASE("a number that nobody knows is written as a number") {
  for (const uint32_t number : {400U, 4095U, 0x7fffffffU, 0x80000000U, 0xffffff9bU, 0xffffffffU}) {
    const std::string label = syscall_label(Arch::x86_64, number);
    CHECK(label.front() == '#');
    CHECK(label.substr(1) == std::to_string(number));
    CHECK(syscall_from_label(Arch::x86_64, label) == number);
  }
  // -101 is libseccomp's internal number for socket on i386.
  CHECK_FALSE(syscall_name(Arch::x86, static_cast<uint32_t>(-101)));
}

TEST_CASE("a label is taken only as it is written") {
  for (const char* label : {"", "#", "# 1", "#+1", "#-1", "#0x10", "#007", "#4294967296", "READ", "read ", "unknown"}) {
    INFO(label);
    CHECK_FALSE(syscall_from_label(Arch::x86_64, label));
  }
  CHECK(syscall_from_label(Arch::x86_64, "#462") == 462U);
  CHECK(syscall_from_label(Arch::x86_64, "write") == 1U);
}

TEST_CASE("the table of each architecture is sorted, and inverse to its lookups") {
  for (const Arch arch : kArches) {
    const auto& calls = known_syscalls(arch);
    INFO(arch_name(arch));
    CHECK(calls.size() > 300);
    std::set<uint32_t> numbers;
    for (const auto& call : calls) {
      INFO(call.name);
      CHECK(syscall_label(arch, call.number) == call.name);
      CHECK(syscall_from_label(arch, call.name) == call.number);
      CHECK(numbers.insert(call.number).second);
    }
    CHECK(std::is_sorted(calls.begin(), calls.end(), [](const auto& a, const auto& b) { return a.name < b.name; }));
  }
}

TEST_CASE("the absence of newer calls answers ENOSYS") {
  for (const char* name : {"clone3", "openat2", "statx", "faccessat2", "close_range", "rseq", "fchmodat2", "mseal",
                           "membarrier", "copy_file_range", "futex_waitv", "io_uring_setup"}) {
    INFO(name);
    CHECK(is_newer(Arch::x86_64, name));
    CHECK(is_newer(Arch::aarch64, name));
  }
  for (const char* name : {"read", "clone", "execveat", "getrandom", "memfd_create", "bpf", "seccomp", "ptrace"}) {
    INFO(name);
    CHECK_FALSE(is_newer(Arch::x86_64, name));
  }
}

TEST_CASE("every call from number 403 on is a newer one in every table") {
  for (const Arch arch : kArches) {
    for (const auto& call : known_syscalls(arch)) {
      INFO(arch_name(arch) << " " << call.name);
      if (call.number >= 403 && call.number < 512) CHECK(call.newer);
    }
  }
}

TEST_CASE("a call can be newer in one table only") {
  CHECK(is_newer(Arch::x86, "socket"));
  CHECK_FALSE(is_newer(Arch::x86_64, "socket"));
  CHECK(is_newer(Arch::arm, "clock_gettime64"));
  CHECK_FALSE(syscall_number(Arch::x86_64, "clock_gettime64"));
}
