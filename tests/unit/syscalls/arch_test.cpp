// SPDX-License-Identifier: Apache-2.0
#include <catch2/catch.hpp>

#include "profilegen/syscalls.h"

using namespace profilegen;

TEST_CASE("architectures have the names of traces, of OCI, of Moby and of systemd") {
  CHECK(arch_name(Arch::x86) == "i386");
  CHECK(arch_oci_name(Arch::x86) == "SCMP_ARCH_X86");
  CHECK(arch_moby_name(Arch::aarch64) == "arm64");
  CHECK(arch_systemd_name(Arch::x86_64) == "x86-64");
  CHECK(arch_from_name("x32") == Arch::x32);
  CHECK(arch_from_oci_name("SCMP_ARCH_AARCH64") == Arch::aarch64);
}

TEST_CASE("an architecture's name is taken only as it is written") {
  CHECK_FALSE(arch_from_name("X86_64"));
  CHECK_FALSE(arch_from_name("x86"));
  CHECK_FALSE(arch_from_name(""));
  CHECK_FALSE(arch_from_oci_name("SCMP_ARCH_MIPS"));
}

TEST_CASE("the native table is this machine's") {
#if defined(__x86_64__)
  CHECK(native_arch() == Arch::x86_64);
#elif defined(__aarch64__)
  CHECK(native_arch() == Arch::aarch64);
#else
  SUCCEED("no expectation for this machine");
#endif
}
