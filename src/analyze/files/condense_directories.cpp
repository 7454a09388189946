// SPDX-License-Identifier: Apache-2.0
#include <set>

#include "files/condense.h"
#include "files/condense_places.h"
#include "files/glob_text.h"
#include "profilegen/paths.h"

namespace profilegen {
namespace {

constexpr size_t kManyFiles = 16;         // joined when there are more
constexpr size_t kEnoughDirectories = 4;  // joined from this number on

bool is_file(const std::string& text) { return !text.ends_with('/'); }

void open_directories(FileTexts& files) {
  std::map<std::string, std::set<std::string>> read;
  for (const auto& [text, permissions] : files) {
    if (permissions == "r" && is_file(text)) read[parent_directory(text)].insert(text);
  }
  for (const auto& [directory, texts] : read) {
    if (texts.size() <= kManyFiles || !may_be_opened(directory)) continue;
    for (const std::string& text : texts) files.erase(text);
    allow(files, directory + "/" + std::string(kAnyMark), "r");
  }
}

bool is_opened(const std::string& text) {
  const std::string name = text.substr(text.rfind('/') + 1);
  return name == kAnyMark || name == kDeepMark;
}

// The rule for the directory itself ("DIR/") stays: "DIR/**" matches only what is in it.
void drop_below(FileTexts& files, const std::string& directory) {
  std::erase_if(files, [&, itself = directory + "/"](const auto& file) {
    return file.second == "r" && is_below(file.first, directory) && file.first != itself;
  });
}

bool open_one_tree(FileTexts& files) {
  std::map<std::string, std::set<std::string>> trees;
  for (const auto& [text, permissions] : files) {
    if (permissions != "r" || !is_opened(text)) continue;
    const std::string opened = parent_directory(text);
    trees[parent_directory(opened)].insert(opened);
  }
  for (const auto& [directory, opened] : trees) {
    if (opened.size() < kEnoughDirectories || !may_be_opened(directory)) continue;
    drop_below(files, directory);
    allow(files, directory + "/" + std::string(kDeepMark), "r");
    return true;
  }
  return false;
}

}  // namespace

void condense_directories(FileTexts& files) {
  open_directories(files);
  while (open_one_tree(files)) {
  }
}

}  // namespace profilegen
