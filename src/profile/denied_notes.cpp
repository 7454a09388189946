// SPDX-License-Identifier: Apache-2.0
#include "denied_notes.h"

#include "profilegen/capabilities.h"
#include "profilegen/lines.h"

namespace profilegen {
namespace {

constexpr std::string_view kBefore = "asked for CAP_";
constexpr std::string_view kAfter = " and was denied";

// The capability that the line is about; empty when it is about something else.
std::string denied_name(std::string_view line) {
  if (!line.starts_with(kBefore) || !line.ends_with(kAfter) || line.size() <= kBefore.size() + kAfter.size()) return "";
  const std::string name(line.substr(kBefore.size(), line.size() - kBefore.size() - kAfter.size()));
  const auto number = capability_number(name);
  return number && capability_name(*number) == name ? name : "";
}

}  // namespace

void take_denied_notes(Profile& profile) {
  std::erase_if(profile.notes, [&](const std::string& line) {
    const std::string name = denied_name(line);
    if (!name.empty()) profile.denied_capabilities.insert(name);
    return !name.empty();
  });
}

std::vector<std::string> all_notes(const Profile& profile) {
  std::vector<std::string> notes = profile.notes;
  for (const std::string& name : profile.denied_capabilities)
    notes.push_back(std::string(kBefore).append(name).append(kAfter));
  sort_lines(notes);
  return notes;
}

}  // namespace profilegen
