// SPDX-License-Identifier: Apache-2.0
#include "seccomp_arches.h"

#include <algorithm>
#include <string_view>

namespace profilegen::seccomp {

namespace {

constexpr std::string_view kNative = "SCMP_ARCH_NATIVE";

bool is_arm(Arch arch) { return arch == Arch::aarch64 || arch == Arch::arm; }

bool contains(const std::vector<std::string>& list, std::string_view name) {
  return std::find(list.begin(), list.end(), name) != list.end();
}

/// Docker looks for the entry of its own machine. Without one, it filters only the machine's own table.
std::vector<std::string> listed(const SeccompFile& file) {
  if (file.arch_map.empty()) return file.architectures;
  for (const auto& entry : file.arch_map) {
    if (entry.architecture != arch_oci_name(native_arch())) continue;
    std::vector<std::string> names = entry.sub_architectures;
    names.push_back(entry.architecture);
    return names;
  }
  return {};
}

}  // namespace

FileArches arches_of(const SeccompFile& file) {
  FileArches arches;
  std::vector<Arch> known;
  for (const auto& name : listed(file)) {
    const bool native = name == kNative;
    arches.names_native |= native;
    const auto arch = native ? native_arch() : arch_from_oci_name(name);
    if (arch) {
      known.push_back(*arch);
    } else {
      arches.not_told.push_back(name);
    }
  }
  const bool foreign =
      std::none_of(known.begin(), known.end(), [](Arch arch) { return is_arm(arch) == is_arm(native_arch()); });
  if (foreign && !known.empty()) arches.base = known.front();
  arches.all = {known.begin(), known.end()};
  arches.all.insert(arches.base);
  return arches;
}

bool rule_is_for(const Rule& rule, Arch base) {
  if (!rule.includes.arches.empty() && !contains(rule.includes.arches, arch_moby_name(base))) return false;
  return !contains(rule.excludes.arches, arch_moby_name(base));
}

}  // namespace profilegen::seccomp
