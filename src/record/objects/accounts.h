// SPDX-License-Identifier: Apache-2.0
// Users and groups as a container numbers and names them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "paths/path_resolver.h"
#include "profilegen/capability_object.h"

namespace profilegen {

/// The ids of a user namespace, as in /proc/PID/uid_map (user_namespaces(7)).
class IdMap {
 public:
  static IdMap parse(const std::string& text);

  /// The id inside of the namespace; 65534, as the kernel shows it, for one that it does not have.
  [[nodiscard]] uint32_t inside(uint32_t outside) const;

 private:
  struct Range {
    uint32_t inside, outside, count;
  };
  std::vector<Range> ranges_;  // empty: not known, and taken as the machine's own
};

/// The name of an id in the text of /etc/passwd or /etc/group; "" if it is not there, or is no plain name.
std::string account_name(std::string_view text, uint32_t id);

/// Names the ids of a container. Its files are read when they are first needed.
class Accounts {
 public:
  Accounts(const PathResolver& container, const IdMap& users, const IdMap& groups)
      : container_(container), users_(users), groups_(groups) {}

  [[nodiscard]] Account user_outside(uint32_t id) { return user(users_.inside(id)); }
  [[nodiscard]] Account group_outside(uint32_t id) { return group(groups_.inside(id)); }
  [[nodiscard]] Account user(uint32_t id);   ///< as numbered in the container
  [[nodiscard]] Account group(uint32_t id);  ///< likewise

 private:
  const PathResolver& container_;
  const IdMap& users_;
  const IdMap& groups_;
  std::optional<std::string> passwd_;
  std::optional<std::string> group_file_;
};

}  // namespace profilegen
