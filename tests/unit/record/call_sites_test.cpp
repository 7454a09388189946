// SPDX-License-Identifier: Apache-2.0
#include "call_sites.h"

#include <unistd.h>

#include <catch2/catch.hpp>
#include <cstdlib>
#include <fstream>

using namespace profilegen;

namespace {
/// A kallsyms with module symbols behind, and data symbols that no return address can be in.
std::string write_symbols() {
  std::string path = "/tmp/kallsyms.XXXXXX";
  const int fd = mkstemp(path.data());
  REQUIRE(fd >= 0);
  close(fd);
  std::ofstream(path) << "ffffffff81000000 T _stext\n"
                         "ffffffff81000100 T cap_capable\n"
                         "ffffffff81000180 D some_data\n"
                         "ffffffff81000200 t ns_capable_noaudit\n"
                         "ffffffffc0000000 t ovl_create\t[overlay]\n";
  return path;
}
}  // namespace

TEST_CASE("an address is named after the function that it lies in") {
  const std::string path = write_symbols();
  const auto names = kernel_symbols({0xffffffff810001f0, 0xffffffff81000100, 0xffffffffc0000010, 0x10}, path);
  CHECK(names.at(0xffffffff810001f0) == "cap_capable");
  CHECK(names.at(0xffffffff81000100) == "cap_capable");
  CHECK(names.at(0xffffffffc0000010) == "ovl_create");
  CHECK(names.count(0x10) == 0);
  unlink(path.c_str());
}

TEST_CASE("symbols that may not be read give no names instead of wrong ones") {
  CHECK(kernel_symbols({0xffffffff81000100}, "/nonexistent").empty());
}

TEST_CASE("a check that only asks is told by the innermost functions") {
  CHECK(is_unaudited({"cap_capable", "security_capable", "ns_capable_noaudit", "may_attach"}));
  CHECK(is_unaudited({"cap_capable", "cap_vm_enough_memory", "security_vm_enough_memory_mm"}));
  CHECK_FALSE(is_unaudited({"cap_capable", "security_capable", "ns_capable", "sethostname"}));
  // Too far out to be the one that made the check.
  CHECK_FALSE(is_unaudited({"cap_capable", "security_capable", "capable", "do_work", "ns_capable_noaudit"}));
}

TEST_CASE("a call site begins where checks differ, and leaves the tracer out") {
  CHECK(call_site_text({"cap_capable", "security_capable", "ns_capable", "can_nice", "set_one_prio"}) ==
        "can_nice<set_one_prio");
  CHECK(is_own_frame("bpf_prog_36b51d0e0b9438a9_on_cap_capable"));
  CHECK(is_own_frame("bpf_trace_run5"));
  CHECK_FALSE(is_own_frame("bpf_prog"));
}
