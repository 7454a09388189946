// SPDX-License-Identifier: Apache-2.0
#include <array>

#include "profilegen/syscalls.h"

namespace profilegen {
namespace {

struct ArchNames {
  std::string_view name;
  std::string_view oci;
  std::string_view moby;
  std::string_view systemd;
};

constexpr std::array kArchNames = {
#define ARCH(id, name, token, oci, moby, systemd, audit) ArchNames{name, oci, moby, systemd},
#include "profilegen/arches.def"
#undef ARCH
};

const ArchNames& names_of(Arch arch) { return kArchNames.at(static_cast<size_t>(arch)); }

std::optional<Arch> find(std::string_view wanted, std::string_view ArchNames::*field) {
  for (size_t index = 0; index < kArchNames.size(); ++index) {
    if (kArchNames.at(index).*field == wanted) return static_cast<Arch>(index);
  }
  return std::nullopt;
}

}  // namespace

std::string_view arch_name(Arch arch) { return names_of(arch).name; }
std::string_view arch_oci_name(Arch arch) { return names_of(arch).oci; }
std::string_view arch_moby_name(Arch arch) { return names_of(arch).moby; }
std::string_view arch_systemd_name(Arch arch) { return names_of(arch).systemd; }

std::optional<Arch> arch_from_name(std::string_view name) { return find(name, &ArchNames::name); }
std::optional<Arch> arch_from_oci_name(std::string_view name) { return find(name, &ArchNames::oci); }

Arch native_arch() {
#if defined(__x86_64__)
  return Arch::x86_64;
#elif defined(__i386__)
  return Arch::x86;
#elif defined(__aarch64__)
  return Arch::aarch64;
#elif defined(__arm__)
  return Arch::arm;
#else
#error "arches.def has no line for this machine's system call table"
#endif
}

}  // namespace profilegen
