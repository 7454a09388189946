// SPDX-License-Identifier: Apache-2.0
// The kernel's AppArmor: loads a policy for as long as a program runs under it, and reads what it denies meanwhile.
#pragma once

#include <sys/types.h>

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "profilegen/result.h"
#include "profilegen/unique_fd.h"

namespace profilegen {

/// One record of type AUDIT_AVC, as security/apparmor/audit.c writes it (Linux 6.1).
struct AppArmorDenial {
  std::string profile;
  std::string operation;   ///< "open", "exec", "create" (a socket), "capable", …
  std::string name;        ///< path as bytes, a directory with a slash at its end; empty when the record has none
  std::string mask;        ///< the denied permissions, e.g. "r", "c" (create), "d" (delete)
  std::string program;     ///< comm of the thread
  pid_t pid = 0;           ///< thread id in the initial pid namespace
  std::string family;      ///< of a socket; else empty
  std::string type;        ///< likewise
  std::string capability;  ///< in small letters, without prefix
  bool operator==(const AppArmorDenial&) const = default;
};

/// nullopt when the text is not a denial by AppArmor.
std::optional<AppArmorDenial> parse_apparmor_record(std::string_view text);

/// The kernel's audit records from now on, received by netlink multicast (since Linux 3.16; needs CAP_AUDIT_READ in the
/// initial pid and user namespaces). The kernel's log is not used: it is rate-limited.
class AppArmorLog {
 public:
  static Result<AppArmorLog> open();

  /// The denials under one profile so far, each of them once. An Error when records were lost.
  Result<std::vector<AppArmorDenial>> take(const std::string& profile);

 private:
  explicit AppArmorLog(UniqueFd socket) : socket_(std::move(socket)) {}
  UniqueFd socket_;
};

/// A profile that stays in the kernel as long as this object lives. A profile of the same name that was there before is
/// replaced and stays.
class LoadedAppArmor {
 public:
  /// Runs apparmor_parser(8). Fails where the kernel has no AppArmor.
  static Result<LoadedAppArmor> load(const std::string& file, const std::string& profile);
  LoadedAppArmor(LoadedAppArmor&& other) noexcept;
  LoadedAppArmor& operator=(LoadedAppArmor&&) = delete;
  ~LoadedAppArmor();

 private:
  explicit LoadedAppArmor(std::string to_remove) : to_remove_(std::move(to_remove)) {}
  std::string to_remove_;  ///< the profile's file; empty when the profile is to stay
};

}  // namespace profilegen
