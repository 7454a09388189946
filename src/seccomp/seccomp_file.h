// SPDX-License-Identifier: Apache-2.0
// The content of a seccomp JSON file, in OCI's plain form or in Moby's extended one, with its conditions not yet
// evaluated.
#pragma once

#include <seccomp.h>

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "profilegen/result.h"
#include "profilegen/seccomp.h"

namespace profilegen::seccomp {

/// What a person should know: one clause → the calls that it is about.
using Remarks = std::map<std::string, std::set<std::string>>;

/// As in the OCI runtime specification. For MASKED_EQ, `value` is the mask and `value_two` the expected result.
struct Comparison {
  uint32_t index = 0;
  scmp_compare op = SCMP_CMP_EQ;
  uint64_t value = 0;
  uint64_t value_two = 0;
};

/// Moby's `includes` and `excludes`.
struct Condition {
  std::vector<std::string> arches;  ///< Go's names ("amd64")
  std::vector<std::string> caps;
  std::string min_kernel;
  bool operator==(const Condition&) const = default;
};

struct Rule {
  std::vector<std::string> names;
  SeccompAnswer answer;
  std::vector<Comparison> args;
  bool stray_errno = false;  ///< it has an errnoRet, but an action that takes none
  Condition includes;
  Condition excludes;
};

struct ArchMapEntry {
  std::string architecture;
  std::vector<std::string> sub_architectures;
};

struct SeccompFile {
  SeccompAnswer otherwise;  ///< the default action
  std::vector<std::string> architectures;
  std::vector<ArchMapEntry> arch_map;
  std::vector<Rule> rules;
  Remarks remarks;  ///< about what was read, and how others would read it
};

/// Ignores keys that do not affect what is allowed (comments, flags, listeners), as every runtime does, and those that
/// this reader does not know.
Result<SeccompFile> parse_seccomp_file(std::string_view text, const std::string& object,
                                       std::optional<FilterReader> reader = {});

}  // namespace profilegen::seccomp
