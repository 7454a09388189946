// SPDX-License-Identifier: Apache-2.0
// What the sections look things up in.
#pragma once

#include <map>
#include <string>
#include <utility>

#include "profilegen/report.h"

namespace profilegen::report {

struct Context {
  explicit Context(const ReportInput& from);

  /// What the policy's permission gives to somebody who has taken over the program; nullptr for what it does not have.
  [[nodiscard]] const Change* permission(ChangeKind kind, const std::string& item) const;

  const ReportInput& input;
  const Profile& profile;
  Score score;
  std::map<std::pair<ChangeKind, std::string>, Change> permissions;  ///< by kind and item
};

#define SECTION(name, title) std::string section_##name(const Context& context);
#include "sections.def"
#undef SECTION

}  // namespace profilegen::report
