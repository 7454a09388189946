// SPDX-License-Identifier: Apache-2.0
#include "capability_notes.h"

#include <algorithm>
#include <array>

#include "profilegen/capabilities.h"
#include "profilegen/lines.h"

namespace profilegen {
namespace {

struct Kind {
  std::string_view before;
  std::string_view after;
  std::set<std::string> Profile::*names;
};
constexpr std::array<Kind, 3> kKinds{{
    {"asked for CAP_", " and was denied", &Profile::denied_capabilities},
    {"an executed file demands CAP_", "", &Profile::file_capabilities},
    {"CAP_", " was only put into a set (capset, prctl): it may be droppable, see verify --minimize",
     &Profile::kept_capabilities},
}};

// The capability that the line is about; empty when it is about something else.
std::string name_in(std::string_view line, const Kind& kind) {
  if (!line.starts_with(kind.before) || !line.ends_with(kind.after)) return "";
  if (line.size() <= kind.before.size() + kind.after.size()) return "";
  line.remove_prefix(kind.before.size());
  line.remove_suffix(kind.after.size());
  const auto number = capability_number(line);
  return number && capability_name(*number) == line ? std::string(line) : "";
}

bool take(const std::string& line, Profile& profile) {
  return std::ranges::any_of(kKinds, [&](const Kind& kind) {
    const std::string name = name_in(line, kind);
    if (!name.empty()) (profile.*kind.names).insert(name);
    return !name.empty();
  });
}

}  // namespace

void take_capability_notes(Profile& profile) {
  std::erase_if(profile.notes, [&](const std::string& line) { return take(line, profile); });
}

std::vector<std::string> all_notes(const Profile& profile) {
  std::vector<std::string> notes = profile.notes;
  for (const Kind& kind : kKinds)
    for (const std::string& name : profile.*kind.names)
      notes.push_back(std::string(kind.before).append(name).append(kind.after));
  sort_lines(notes);
  return notes;
}

}  // namespace profilegen
