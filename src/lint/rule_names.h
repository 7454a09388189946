// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <set>
#include <string>

namespace profilegen::lint {

struct RuleNames {
  std::set<std::string> names;  ///< of the calls in all rules
  bool lists_architectures = false;
};
/// Of a filter that check_form() has looked at: what is not as it should be is passed over.
RuleNames rule_names(const std::string& text);

}  // namespace profilegen::lint
