// SPDX-License-Identifier: Apache-2.0
#include "profilegen/syscalls.h"

#include <seccomp.h>

#include <cstring>

#include "number_label.h"
#include "syscall_table.h"

namespace profilegen {

std::optional<std::string> syscall_name(Arch arch, uint32_t number) {
  const auto& names = syscall_table(arch).names;
  const auto found = names.find(number);
  if (found == names.end()) return std::nullopt;
  return found->second;
}

std::optional<uint32_t> syscall_number(Arch arch, std::string_view name) {
  const auto& numbers = syscall_table(arch).numbers;
  const auto found = numbers.find(name);
  if (found == numbers.end()) return std::nullopt;
  return found->second;
}

bool libseccomp_names(std::string_view call) {
  return seccomp_syscall_resolve_name(std::string(call).c_str()) != __NR_SCMP_ERROR;
}

std::string libseccomp_version() {
  const scmp_version* version = seccomp_version();
  return std::to_string(version->major) + "." + std::to_string(version->minor) + "." + std::to_string(version->micro);
}

std::string errno_name(uint32_t errnum) {
  const char* name = strerrorname_np(static_cast<int>(errnum));
  return name != nullptr ? name : "errno " + std::to_string(errnum);
}

std::string syscall_label(Arch arch, uint32_t number) {
  return syscall_name(arch, number).value_or(number_label(number));
}

std::optional<uint32_t> syscall_from_label(Arch arch, std::string_view label) {
  if (const auto number = number_from_label(label)) return number;
  return syscall_number(arch, label);
}

const std::vector<KnownSyscall>& known_syscalls(Arch arch) { return syscall_table(arch).calls; }

}  // namespace profilegen
