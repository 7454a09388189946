// SPDX-License-Identifier: Apache-2.0
#include "syscall_table.h"

#include <seccomp.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <memory>
#include <mutex>
#include <nlohmann/json.hpp>
#include <set>

#include "profilegen_data.h"

namespace profilegen {
namespace {

constexpr std::array<uint32_t, 5> kTokens = {
#define ARCH(id, name, token, ...) token,
#include "profilegen/arches.def"
#undef ARCH
};

constexpr uint32_t kX32Bit = 0x40000000;
// Above every number in use (471 in Linux 7.1; x32 ends at 547).
constexpr uint32_t kEnd = 1024;
// Arm's private calls: set_tls, cacheflush, …
constexpr uint32_t kArmPrivate = 0x0f0000;
constexpr uint32_t kArmPrivateEnd = 0x0f0010;

/// Asks by number, not by name: for the name of a call that i386 also has inside of socketcall or ipc, libseccomp
/// answers with a negative number of its own.
std::string ask_libseccomp(Arch arch, uint32_t number) {
  const uint32_t native = arch == Arch::x32 ? number | kX32Bit : number;
  const uint32_t token = kTokens.at(static_cast<size_t>(arch));
  const std::unique_ptr<char, decltype(&std::free)> name(
      seccomp_syscall_resolve_num_arch(token, static_cast<int>(native)), &std::free);
  return name ? name.get() : std::string();
}

void add(SyscallTable& table, const std::string& name, uint32_t number) {
  if (table.numbers.contains(name) || table.names.contains(number)) return;
  table.numbers[name] = number;
  table.names[number] = name;
}

void add_libseccomp(SyscallTable& table, Arch arch, uint32_t begin, uint32_t end) {
  for (uint32_t number = begin; number < end; ++number) {
    const std::string name = ask_libseccomp(arch, number);
    if (!name.empty()) add(table, name, number);
  }
}

/// The entries of profiles/syscalls.json for this table. The file is compiled in, so a mistake in it is our own bug:
/// nlohmann's exception may end the program.
std::vector<nlohmann::json> newer_calls(Arch arch) {
  std::vector<nlohmann::json> mine;
  const auto file = nlohmann::json::parse(data::syscalls_json);
  for (const auto& call : file.at("calls")) {
    const auto arches = call.value("arches", std::vector<std::string>());
    if (arches.empty() || std::find(arches.begin(), arches.end(), arch_name(arch)) != arches.end()) {
      mine.push_back(call);
    }
  }
  return mine;
}

SyscallTable build(Arch arch) {
  SyscallTable table;
  add_libseccomp(table, arch, 0, kEnd);
  if (arch == Arch::arm) add_libseccomp(table, arch, kArmPrivate, kArmPrivateEnd);
  std::set<std::string> newer;
  for (const auto& call : newer_calls(arch)) {
    const std::string name = call.at("name");
    if (call.contains("number")) add(table, name, call.at("number"));
    newer.insert(name);
  }
  for (const auto& [name, number] : table.numbers) table.calls.push_back({name, number, newer.contains(name)});
  return table;
}

}  // namespace

const SyscallTable& syscall_table(Arch arch) {
  static std::array<std::unique_ptr<const SyscallTable>, kTokens.size()> tables;
  static std::array<std::once_flag, kTokens.size()> built;
  const auto index = static_cast<size_t>(arch);
  std::call_once(built.at(index), [&] { tables.at(index) = std::make_unique<const SyscallTable>(build(arch)); });
  return *tables.at(index);
}

}  // namespace profilegen
