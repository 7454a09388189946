// SPDX-License-Identifier: Apache-2.0
// What calls are about: profiles/groups.json.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace profilegen::report {

struct CallGroup {
  std::string title;
  std::vector<std::string> calls;
};
/// The last one is for what belongs nowhere, and has no calls.
const std::vector<CallGroup>& call_groups();
/// Place in call_groups().
size_t group_of(std::string_view call);

}  // namespace profilegen::report
