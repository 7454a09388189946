// SPDX-License-Identifier: Apache-2.0
#include "kernel/call_table.h"

#include <catch2/catch.hpp>

using namespace profilegen;

namespace {
const pg_call_info& entry(const std::vector<pg_call_info>& table, pg_abi abi, uint32_t number) {
  return table.at(static_cast<size_t>(abi) * PG_CALLS + number);
}
}  // namespace

TEST_CASE("each table numbers calls its own way") {
  const auto table = make_call_table(true);
  // openat is 257 in the native table and 295 in the i386 table (arch/x86/entry/syscalls).
  CHECK(entry(table, PG_NATIVE, 257).targets[0].kind == PG_TARGET_OPEN);
  CHECK(entry(table, PG_COMPAT, 295).targets[0].kind == PG_TARGET_OPEN);
  CHECK(entry(table, PG_X32, 257).targets[0].kind == PG_TARGET_OPEN);
  CHECK(entry(table, PG_COMPAT, 257).targets[0].kind != PG_TARGET_OPEN);
}

TEST_CASE("a call with two files has both") {
  const auto rename = entry(make_call_table(true), PG_NATIVE, 82);
  CHECK(rename.targets[0].op == PG_OP_RENAME_FROM);
  CHECK(rename.targets[1].op == PG_OP_RENAME_TO);
}

TEST_CASE("writes are looked at in containers only") {
  constexpr uint32_t write = 1;
  constexpr uint32_t ftruncate = 77;
  CHECK(entry(make_call_table(true), PG_NATIVE, write).targets[0].kind == PG_TARGET_GROWN);
  CHECK(entry(make_call_table(true), PG_NATIVE, ftruncate).targets[1].kind == PG_TARGET_GROWN);
  CHECK(entry(make_call_table(false), PG_NATIVE, write).targets[0].kind == PG_TARGET_NONE);
  CHECK(entry(make_call_table(false), PG_NATIVE, ftruncate).targets[0].op == PG_OP_TRUNCATE);
  CHECK(entry(make_call_table(false), PG_NATIVE, ftruncate).targets[1].kind == PG_TARGET_NONE);
}

TEST_CASE("clone can make namespaces, so it is not plain overcommit") {
  const auto table = make_call_table(true);
  CHECK(entry(table, PG_NATIVE, 56).traits == (PG_TRAIT_OVERCOMMIT | PG_TRAIT_CLONE));
  CHECK(entry(table, PG_NATIVE, 9).traits == PG_TRAIT_OVERCOMMIT);
  CHECK(entry(table, PG_NATIVE, 39).traits == 0);
}

TEST_CASE("arguments are recorded of the calls of each table that have them in registers") {
  const auto table = make_call_table(true);
  const auto& socket = entry(table, PG_NATIVE, 41);
  CHECK(socket.arguments[0].mask == 0xffffffff);
  CHECK(socket.arguments[1].index == 1);
  CHECK((socket.arguments[1].mask & 02004000) == 0);  // SOCK_CLOEXEC | SOCK_NONBLOCK
  CHECK(entry(table, PG_COMPAT, 359).arguments[2].index == 2);
  CHECK(entry(table, PG_X32, 514).arguments[0].index == 1);  // ioctl has a number of its own in x32
  CHECK(entry(table, PG_NATIVE, 9).arguments[0].mask == 6);
  CHECK(entry(table, PG_COMPAT, 90).arguments[0].mask == 0);
  CHECK(entry(table, PG_NATIVE, 39).arguments[0].mask == 0);
}

TEST_CASE("calls that ask for capability sets are looked at in each table") {
  const auto table = make_call_table(false);
  CHECK(entry(table, PG_NATIVE, 126).targets[0].kind == PG_TARGET_CAPSET);
  CHECK(entry(table, PG_COMPAT, 185).targets[0].kind == PG_TARGET_CAPSET);
  CHECK(entry(table, PG_NATIVE, 125).targets[0].kind == PG_TARGET_CAPGET);
  CHECK(entry(table, PG_NATIVE, 157).targets[0].kind == PG_TARGET_PRCTL);
  CHECK(entry(table, PG_NATIVE, 59).targets[0].kind == PG_TARGET_EXEC);
  CHECK(entry(table, PG_X32, 520).targets[0].kind == PG_TARGET_EXEC);  // execve's own number in x32
  CHECK(entry(table, PG_NATIVE, 322).targets[0].path == 1);            // execveat
}

TEST_CASE("what capability checks in a call are about is known of calls whose files are not recorded, too") {
  const auto table = make_call_table(true);
  CHECK(entry(table, PG_NATIVE, 4).asked.kind == PG_TARGET_PATH);  // stat
  CHECK(entry(table, PG_NATIVE, 4).targets[0].kind == PG_TARGET_NONE);
  CHECK(entry(table, PG_COMPAT, 300).asked.path == 1);  // fstatat64
  CHECK(entry(table, PG_NATIVE, 165).asked.path == 1);  // mount
  CHECK(entry(table, PG_NATIVE, 49).behind == 2);       // bind
  CHECK(entry(table, PG_COMPAT, 206).behind == 2);      // setgroups32
  CHECK(entry(table, PG_NATIVE, 39).behind == 0);
  for (const uint32_t number : {4, 49, 165}) CHECK(tells_something(entry(table, PG_NATIVE, number)));
  CHECK_FALSE(tells_something(entry(table, PG_NATIVE, 39)));
  CHECK(asked_access("chdir") == 1U);
  CHECK(asked_access("stat") == 0U);
  CHECK_FALSE(asked_access("openat"));
}
