// SPDX-License-Identifier: Apache-2.0
#include "capability_notes.h"

#include "profilegen/capabilities.h"
#include "profilegen/lines.h"

namespace profilegen {
namespace {

/// What a person is told of each capability of a set.
struct Sentence {
  std::string_view before;
  std::string_view after;
};
constexpr Sentence kDenied{"asked for CAP_", " and was denied"};
constexpr Sentence kOfFile{"an executed file demands CAP_", ""};
constexpr Sentence kKept{"CAP_",
                         " was only put into a set (capset, prctl): it may be droppable, see verify --minimize"};

void tell(const Sentence& sentence, const std::set<std::string>& names, std::vector<std::string>& notes) {
  for (const std::string& name : names)
    notes.push_back(std::string(sentence.before).append(name).append(sentence.after));
}

// The capability that the line is about; empty when it is about something else.
std::string denied_name(std::string_view line) {
  const auto& [before, after] = kDenied;
  if (!line.starts_with(before) || !line.ends_with(after) || line.size() <= before.size() + after.size()) return "";
  line.remove_prefix(before.size());
  line.remove_suffix(after.size());
  const auto number = capability_number(line);
  return number && capability_name(*number) == line ? std::string(line) : "";
}

}  // namespace

void take_denied_notes(Profile& profile) {
  std::erase_if(profile.notes, [&](const std::string& line) {
    const std::string name = denied_name(line);
    if (!name.empty()) profile.denied_capabilities.insert(name);
    return !name.empty();
  });
}

std::vector<std::string> notes_in_file(const Profile& profile) {
  std::vector<std::string> notes = profile.notes;
  tell(kDenied, profile.denied_capabilities, notes);
  sort_lines(notes);
  return notes;
}

std::vector<std::string> all_notes(const Profile& profile) {
  std::vector<std::string> notes = notes_in_file(profile);
  tell(kOfFile, profile.file_capabilities, notes);
  tell(kKept, profile.kept_capabilities, notes);
  sort_lines(notes);
  return notes;
}

}  // namespace profilegen
