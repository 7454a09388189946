// SPDX-License-Identifier: Apache-2.0
#include "profilegen/capabilities.h"

#include <algorithm>
#include <array>

#include "number_label.h"

namespace profilegen {
namespace {

// From linux/capability.h; the position is the number.
constexpr std::array<std::string_view, 41> kCapabilityNames = {"CHOWN",
                                                               "DAC_OVERRIDE",
                                                               "DAC_READ_SEARCH",
                                                               "FOWNER",
                                                               "FSETID",
                                                               "KILL",
                                                               "SETGID",
                                                               "SETUID",
                                                               "SETPCAP",
                                                               "LINUX_IMMUTABLE",
                                                               "NET_BIND_SERVICE",
                                                               "NET_BROADCAST",
                                                               "NET_ADMIN",
                                                               "NET_RAW",
                                                               "IPC_LOCK",
                                                               "IPC_OWNER",
                                                               "SYS_MODULE",
                                                               "SYS_RAWIO",
                                                               "SYS_CHROOT",
                                                               "SYS_PTRACE",
                                                               "SYS_PACCT",
                                                               "SYS_ADMIN",
                                                               "SYS_BOOT",
                                                               "SYS_NICE",
                                                               "SYS_RESOURCE",
                                                               "SYS_TIME",
                                                               "SYS_TTY_CONFIG",
                                                               "MKNOD",
                                                               "LEASE",
                                                               "AUDIT_WRITE",
                                                               "AUDIT_CONTROL",
                                                               "SETFCAP",
                                                               "MAC_OVERRIDE",
                                                               "MAC_ADMIN",
                                                               "SYSLOG",
                                                               "WAKE_ALARM",
                                                               "BLOCK_SUSPEND",
                                                               "AUDIT_READ",
                                                               "PERFMON",
                                                               "BPF",
                                                               "CHECKPOINT_RESTORE"};

// Not the C library's toupper, which depends on the locale.
char upper(char letter) { return letter >= 'a' && letter <= 'z' ? static_cast<char>(letter - 'a' + 'A') : letter; }

}  // namespace

std::string capability_name(uint32_t number) {
  return number < kCapabilityNames.size() ? std::string(kCapabilityNames.at(number)) : number_label(number);
}

std::optional<uint32_t> capability_number(std::string_view name) {
  if (const auto number = number_from_label(name)) return number;
  std::string wanted(name);
  std::transform(wanted.begin(), wanted.end(), wanted.begin(), upper);
  if (wanted.starts_with("CAP_")) wanted.erase(0, 4);
  const auto* const found = std::find(kCapabilityNames.begin(), kCapabilityNames.end(), wanted);
  if (found == kCapabilityNames.end()) return std::nullopt;
  return static_cast<uint32_t>(found - kCapabilityNames.begin());
}

bool is_often_done_without(std::string_view name) {
  constexpr std::array<std::string_view, 8> names = {"AUDIT_WRITE", "DAC_OVERRIDE", "DAC_READ_SEARCH", "FOWNER",
                                                     "FSETID",      "KILL",         "SYS_NICE",        "SYS_RESOURCE"};
  return std::find(names.begin(), names.end(), name) != names.end();
}

}  // namespace profilegen
