// SPDX-License-Identifier: Apache-2.0
#include "kernel/call_table.h"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

#include "profilegen/arguments.h"

namespace profilegen {
namespace {

struct FileCall {
  std::string_view name;
  pg_target target;
};
constexpr FileCall kFileCalls[] = {
#define FILE_CALL(name, kind, op, dir, path, flags, follow) \
  {#name, {PG_TARGET_##kind, PG_OP_##op, dir, path, flags, follow, {0, 0}}},
#include "profilegen/file_calls.def"
};

struct CallTrait {
  std::string_view name;
  uint64_t traits;
};
constexpr CallTrait kCallTraits[] = {
#define CALL_TRAIT(name, traits) {#name, traits},
#include "profilegen/file_calls.def"
};

struct AskedCall {
  std::string_view name;
  uint32_t access;
  pg_target target;
};
constexpr AskedCall kAskedCalls[] = {
#define ASKED_CALL(name, access, dir, path, flags, follow) \
  {#name, access, {PG_TARGET_PATH, PG_OP_READ, dir, path, flags, follow, {0, 0}}},
#include "profilegen/file_calls.def"
};

struct CallBehind {
  std::string_view name;
  uint8_t argument;
};
constexpr CallBehind kCallsBehind[] = {
#define CALL_BEHIND(name, argument) {#name, argument},
#include "profilegen/file_calls.def"
};

pg_call_info* entry(std::vector<pg_call_info>& table, size_t abi, std::string_view name) {
  const auto number = syscall_number(arches_by_abi()[abi], name);
  return number && *number < PG_CALLS ? &table[abi * PG_CALLS + *number] : nullptr;
}

void add_arguments(std::vector<pg_call_info>& table, size_t abi) {
  for (const KnownSyscall& call : known_syscalls(arches_by_abi()[abi])) {
    const auto arguments = recorded_arguments(arches_by_abi()[abi], call.name);
    pg_call_info* info = arguments.empty() ? nullptr : entry(table, abi, call.name);
    if (!info) continue;
    for (size_t i = 0; i < std::min<size_t>(arguments.size(), PG_ARGUMENTS); ++i)
      info->arguments[i] = {arguments[i].index, arguments[i].mask};
  }
}

}  // namespace

std::span<const Arch> arches_by_abi() {
  static constexpr std::array kIntel{Arch::x86_64, Arch::x86, Arch::x32};
  static constexpr std::array kArm{Arch::aarch64, Arch::arm};
  static_assert(kIntel.size() <= PG_ABIS && kArm.size() <= PG_ABIS);
  if (native_arch() == Arch::aarch64) return kArm;
  return kIntel;
}

std::optional<pg_target> call_target(Arch arch, uint32_t number) {
  const std::string name = syscall_name(arch, number).value_or("");
  const auto* found = std::ranges::find(kFileCalls, std::string_view(name), &FileCall::name);
  if (found == std::end(kFileCalls)) return std::nullopt;
  return found->target;
}

std::optional<uint32_t> asked_access(std::string_view call) {
  const auto* found = std::ranges::find(kAskedCalls, call, &AskedCall::name);
  if (found == std::end(kAskedCalls)) return std::nullopt;
  return found->access;
}

bool tells_something(const pg_call_info& info) {
  return info.traits != 0 || info.arguments[0].mask != 0 || info.targets[0].kind != PG_TARGET_NONE ||
         info.asked.kind != PG_TARGET_NONE || info.behind != 0;
}

std::vector<pg_call_info> make_call_table(bool containers) {
  std::vector<pg_call_info> table(size_t{PG_ABIS} * PG_CALLS);
  for (size_t abi = 0; abi < arches_by_abi().size(); ++abi) {
    for (const FileCall& call : kFileCalls) {
      if (call.target.kind == PG_TARGET_GROWN && !containers) continue;
      if (pg_call_info* info = entry(table, abi, call.name))
        info->targets[info->targets[0].kind == PG_TARGET_NONE ? 0 : 1] = call.target;
    }
    for (const CallTrait& call : kCallTraits)
      if (pg_call_info* info = entry(table, abi, call.name)) info->traits |= call.traits;
    for (const AskedCall& call : kAskedCalls)
      if (pg_call_info* info = entry(table, abi, call.name)) info->asked = call.target;
    for (const CallBehind& call : kCallsBehind)
      if (pg_call_info* info = entry(table, abi, call.name)) info->behind = static_cast<uint8_t>(call.argument + 1);
    add_arguments(table, abi);
  }
  return table;
}

}  // namespace profilegen
