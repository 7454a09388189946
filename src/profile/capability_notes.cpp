// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "profilegen/lines.h"
#include "profilegen/profile.h"

namespace profilegen {
namespace {

std::string names_of(const std::set<std::string>& capabilities) {
  std::vector<std::string> names;
  for (const std::string& name : capabilities) names.push_back("CAP_" + name);
  return listed(names);
}

std::string denied_note(const std::set<std::string>& capabilities) {
  return fmt::format("tried {}, did not have {} and went on: nothing to do", names_of(capabilities),
                     capabilities.size() == 1 ? "it" : "them");
}

std::string file_note(const std::set<std::string>& capabilities) {
  return fmt::format("the file of an executed program demands {} (setcap), so {} granted: nothing to do",
                     names_of(capabilities), capabilities.size() == 1 ? "it is" : "they are");
}

std::string kept_note(const std::set<std::string>& capabilities) {
  return fmt::format(
      "the program only kept {} (capset, prctl) and was not seen to use {}: granted; verify --minimize tells whether "
      "it does without",
      names_of(capabilities), capabilities.size() == 1 ? "it" : "them");
}

}  // namespace

std::vector<std::string> all_notes(const Profile& profile) {
  std::vector<std::string> notes = profile.notes;
  if (!profile.denied_capabilities.empty()) notes.push_back(denied_note(profile.denied_capabilities));
  if (!profile.file_capabilities.empty()) notes.push_back(file_note(profile.file_capabilities));
  if (!profile.kept_capabilities.empty()) notes.push_back(kept_note(profile.kept_capabilities));
  sort_lines(notes);
  return notes;
}

}  // namespace profilegen
