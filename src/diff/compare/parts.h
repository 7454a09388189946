// SPDX-License-Identifier: Apache-2.0
// The parts of a comparison. Each appends the changes that it finds, in any order and without their risk.
#pragma once

#include <vector>

#include "profilegen/diff.h"

namespace profilegen::diff {

/// A change from one value to another.
inline Change value_change(ChangeKind kind, const std::string& item, Direction direction, const std::string& was,
                           const std::string& is) {
  return {.kind = kind, .item = item, .direction = direction, .detail = was + " -> " + is, .was = was, .is = is};
}

void compare_calls(const Policy& before, const Policy& after, std::vector<Change>& changes);

void compare_capabilities(const Profile& before, const Profile& after, std::vector<Change>& changes);
void compare_options(const Profile& before, const Profile& after, std::vector<Change>& changes);
void compare_files(const Profile& before, const Profile& after, std::vector<Change>& changes);
void compare_flags(const BundleFlagWords& before, const BundleFlagWords& after, std::vector<Change>& changes);
void compare_network(const Profile& before, const Profile& after, std::vector<Change>& changes);

void compare_holes(const Profile& before, const Profile& after, std::vector<Change>& changes);
void compare_mounts(const Profile& before, const Profile& after, std::vector<Change>& changes);

}  // namespace profilegen::diff
