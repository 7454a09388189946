// SPDX-License-Identifier: Apache-2.0
#include "profilegen/diff.h"

#include <algorithm>
#include <tuple>

#include "parts.h"

namespace profilegen {

std::vector<Change> diff_profiles(const Profile& before, const Profile& after, Scope scope) {
  std::vector<Change> changes;
  diff::compare_calls(before, after, changes);
  diff::compare_arguments(before, after, changes);
  diff::compare_answers(before, after, changes);
  if (scope == Scope::everything) {
    diff::compare_capabilities(before, after, changes);
    diff::compare_options(before, after, changes);
    diff::compare_holes(before, after, changes);
    diff::compare_mounts(before, after, changes);
    diff::compare_files(before, after, changes);
    diff::compare_network(before, after, changes);
  }
  std::sort(changes.begin(), changes.end(), [](const Change& a, const Change& b) {
    return std::tie(a.direction, a.kind, a.item, a.detail) < std::tie(b.direction, b.kind, b.item, b.detail);
  });
  return changes;
}

}  // namespace profilegen
