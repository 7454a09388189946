// SPDX-License-Identifier: Apache-2.0
// Data that the sections share.
#pragma once

#include <map>
#include <string>
#include <utility>

#include "profilegen/report.h"

namespace profilegen::report {

struct Context {
  explicit Context(const ReportInput& from);

  /// What the permission gives to an attacker who controls the program; nullptr when the policy does not have it.
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
