// SPDX-License-Identifier: Apache-2.0
// What a seccomp JSON file says, in OCI's plain form or in Moby's extended one, before it is known for whom.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "profilegen/result.h"

namespace profilegen::diff {

enum class Action : uint8_t {
  allow,       ///< ALLOW and LOG
  supervised,  ///< NOTIFY: another process decides
  error,       ///< ERRNO, and TRACE, which answers ENOSYS where nobody traces
  kill,        ///< KILL and TRAP: a signal, no errno
};

struct Deed {
  Action action = Action::kill;
  uint32_t errnum = 0;  ///< of an error
};

/// Moby's `includes` and `excludes`.
struct Condition {
  std::vector<std::string> arches;  ///< Go's names ("amd64")
  std::vector<std::string> caps;
  std::string min_kernel;
};

struct Rule {
  std::vector<std::string> names;
  Deed deed;
  bool has_args = false;
  Condition includes;
  Condition excludes;
};

struct ArchMapEntry {
  std::string architecture;
  std::vector<std::string> sub_architectures;
};

struct SeccompFile {
  Deed otherwise;  ///< the default action
  std::vector<std::string> architectures;
  std::vector<ArchMapEntry> arch_map;
  std::vector<Rule> rules;
};

/// Keys that say nothing of what is allowed (comments, flags, listeners) are passed over, as every runtime does.
Result<SeccompFile> parse_seccomp_file(std::string_view text, const std::string& object);

}  // namespace profilegen::diff
