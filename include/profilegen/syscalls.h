// SPDX-License-Identifier: Apache-2.0
// Names and numbers of system calls, for each architecture.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace profilegen {

enum class Arch : uint8_t {
#define ARCH(id, ...) id,
#include "profilegen/arches.def"
#undef ARCH
};

std::string_view arch_name(Arch arch);          ///< "x86_64", "i386", …
std::string_view arch_oci_name(Arch arch);      ///< "SCMP_ARCH_X86_64", …
std::string_view arch_moby_name(Arch arch);     ///< in `includes.arches` of Moby's profile: "amd64", …
std::string_view arch_systemd_name(Arch arch);  ///< "x86-64", …
std::optional<Arch> arch_from_name(std::string_view name);
std::optional<Arch> arch_from_oci_name(std::string_view name);
/// The table that 64-bit programs use on the machine that this program was built for.
Arch native_arch();

/// The name of a call: from libseccomp's table, or from profiles/syscalls.json for calls that libseccomp is too old to
/// know (version 2.5.4 ends near Linux 5.17). nullopt when neither knows the number.
std::optional<std::string> syscall_name(Arch arch, uint32_t number);
std::optional<uint32_t> syscall_number(Arch arch, std::string_view name);

/// The name, or "#NUMBER" when the number has no known name: an unknown number is a fact, not an error.
std::string syscall_label(Arch arch, uint32_t number);
/// The inverse of syscall_label.
std::optional<uint32_t> syscall_from_label(Arch arch, std::string_view label);

/// Whether the libseccomp that this program uses knows the call's name. A runtime drops rules for names that its own
/// libseccomp does not know, silently (runc) or with a warning (crun).
bool libseccomp_names(std::string_view call);
std::string libseccomp_version();  ///< "2.5.4"

/// "EPERM", or "errno NUMBER" when the number has no name.
std::string errno_name(uint32_t errnum);

struct KnownSyscall {
  std::string name;
  uint32_t number;
  bool newer;  ///< must be refused with ENOSYS: programs and libcs fall back only on that (profiles/syscalls.json)
};
/// Every call of the table, sorted by name.
const std::vector<KnownSyscall>& known_syscalls(Arch arch);

}  // namespace profilegen
