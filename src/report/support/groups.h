// SPDX-License-Identifier: Apache-2.0
// Groups system calls by their subject: profiles/groups.json.
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
/// The last group is for calls that are in no other, and lists none itself.
const std::vector<CallGroup>& call_groups();
/// Index in call_groups().
size_t group_of(std::string_view call);

}  // namespace profilegen::report
