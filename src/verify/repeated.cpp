// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <map>

#include "profilegen/paths.h"
#include "profilegen/verify.h"

namespace profilegen {
namespace {

/// The file or directory that was met; empty when it was none.
std::string path_of(const Denial& denial) {
  return denial.kind == Denial::Kind::apparmor ? denial.apparmor.name : denial.change.path;
}

bool is_path(const std::string& text) { return text.size() > 1 && text.starts_with('/'); }

}  // namespace

// What else is told of a denial tells it apart from others, whatever its kind.
std::string repetition_key(const Denial& denial) {
  Denial same = denial;
  same.first.tid = 0;
  if (is_path(same.change.path)) same.change.path = parent_directory(same.change.path) + "/";
  if (is_path(same.apparmor.name)) same.apparmor.name = parent_directory(same.apparmor.name) + "/";
  return denial_text(same);
}

std::vector<RepeatedDenial> repeated(const std::vector<Denial>& denials) {
  std::vector<RepeatedDenial> joined;
  std::map<std::string, size_t> places;
  for (const Denial& denial : denials) {
    const auto [place, is_new] = places.try_emplace(repetition_key(denial), joined.size());
    if (is_new)
      joined.push_back({denial});
    else
      ++joined[place->second].times;
  }
  return joined;
}

std::string repeated_text(const RepeatedDenial& denial) {
  std::string text = denial_text(denial.first);
  if (denial.times == 1) return text;
  const std::string path = path_of(denial.first);
  if (!is_path(path)) return fmt::format("{}, {} times", text, denial.times);
  return fmt::format("{}, and {} more in {}", text, denial.times - 1, parent_directory(path));
}

}  // namespace profilegen
