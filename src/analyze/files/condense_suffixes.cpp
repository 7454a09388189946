// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <vector>

#include "files/condense.h"
#include "files/condense_places.h"
#include "files/glob_text.h"
#include "profilegen/paths.h"

namespace profilegen {
namespace {

constexpr size_t kEnoughAlike = 4;

bool is_plain(char letter) {
  return (letter >= '0' && letter <= '9') || (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z');
}

// "libc.so.6" and "libm.so" → ".so" and all that follows; "os.py" → ".py"; "a.b c" → none.
std::string ending_of(std::string_view name) {
  constexpr size_t longest = 9;
  const size_t library = name.find(".so");
  if (library != std::string_view::npos && (name.size() == library + 3 || name[library + 3] == '.')) {
    return std::string(".so").append(kAnyMark);
  }
  const size_t dot = name.rfind('.');
  if (dot == std::string_view::npos || dot == 0 || dot + 1 == name.size() || name.size() - dot > longest) return "";
  const std::string_view ending = name.substr(dot);
  return std::ranges::all_of(ending.substr(1), is_plain) ? std::string(ending) : "";
}

bool only_reads(const std::string& permissions) { return permissions.find_first_not_of("rm") == std::string::npos; }

}  // namespace

void condense_suffixes(FileTexts& files) {
  std::map<std::pair<std::string, std::string>, std::vector<std::string>> alike;
  for (const auto& [text, permissions] : files) {
    const std::string directory = parent_directory(text);
    const std::string ending = ending_of(std::string_view(text).substr(text.rfind('/') + 1));
    if (ending.empty() || !only_reads(permissions) || !may_be_opened(directory)) continue;
    alike[{directory + "/" + std::string(kAnyMark) + ending, permissions}].push_back(text);
  }
  for (const auto& [shape, texts] : alike) {
    if (texts.size() < kEnoughAlike) continue;
    for (const std::string& text : texts) files.erase(text);
    allow(files, shape.first, shape.second);
  }
}

}  // namespace profilegen
