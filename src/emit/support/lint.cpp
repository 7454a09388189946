// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <set>

#include "profilegen/emitter.h"

namespace profilegen {

std::vector<std::string> lint(const Profile& profile) {
  std::set<std::string> nameless;
  for (const auto& [call, needed_by] : profile.calls)
    if (!call.name.starts_with('#') && !libseccomp_names(call.name)) nameless.insert(call.name);
  if (nameless.empty()) return {};
  return {
      fmt::format("libseccomp {} does not know {}: a container runtime that uses it refuses what it does not know; "
                  "use one with a newer libseccomp",
                  libseccomp_version(), fmt::join(nameless, ", "))};
}

}  // namespace profilegen
