// SPDX-License-Identifier: Apache-2.0
// The kernel's AppArmor: a policy that is loaded while something runs under it, and what it denies meanwhile.
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
  std::string name;        ///< path, bytes, a directory's with a slash; empty where there is none
  std::string mask;        ///< what was denied of it, e.g. "r", "c" (create), "d" (delete)
  std::string program;     ///< comm of the thread
  pid_t pid = 0;           ///< thread id in the initial pid namespace
  std::string family;      ///< of a socket
  std::string type;        ///< likewise
  std::string capability;  ///< in small letters, without prefix
  bool operator==(const AppArmorDenial&) const = default;
};

/// nullopt for what is no denial of AppArmor's.
std::optional<AppArmorDenial> parse_apparmor_record(std::string_view text);

/// The kernel's audit records from now on, by netlink multicast (Linux 3.16; CAP_AUDIT_READ, the initial pid and user
/// namespace): those that go to the kernel's log are limited in number.
class AppArmorLog {
 public:
  static Result<AppArmorLog> open();

  /// Those of one profile so far, each of them once. An Error when some were lost.
  Result<std::vector<AppArmorDenial>> take(const std::string& profile);

 private:
  explicit AppArmorLog(UniqueFd socket) : socket_(std::move(socket)) {}
  UniqueFd socket_;
};

/// A profile that is in the kernel as long as this lives; one of its name that was there before stays, in its new form.
class LoadedAppArmor {
 public:
  /// By apparmor_parser(8). Fails where the kernel has no AppArmor.
  static Result<LoadedAppArmor> load(const std::string& file, const std::string& profile);
  LoadedAppArmor(LoadedAppArmor&& other) noexcept;
  LoadedAppArmor& operator=(LoadedAppArmor&&) = delete;
  ~LoadedAppArmor();

 private:
  explicit LoadedAppArmor(std::string to_remove) : to_remove_(std::move(to_remove)) {}
  std::string to_remove_;  ///< its file; empty when it shall stay
};

}  // namespace profilegen
