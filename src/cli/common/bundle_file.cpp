// SPDX-License-Identifier: Apache-2.0
#include "common/bundle_file.h"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <set>

#include "profilegen/emitted_flags.h"
#include "profilegen/emitter.h"
#include "profilegen/process/small_file.h"
#include "profilegen/terminal_text.h"

namespace profilegen::cli {

namespace {

namespace fs = std::filesystem;

constexpr size_t kMostNamed = 5;
constexpr size_t kLongestName = 120;
constexpr std::string_view kFilterFlag = "--security-opt=seccomp=";
constexpr const char* kAnyDirectory = "bundle";  // stands for the bundle's own, wherever it lies

/// Foreign text of a message: long enough to find it, short enough for one line.
std::string shown(const std::string& word) {
  return word.size() <= kLongestName ? word : std::string(cut_text(word, kLongestName)) + "…";
}

Error not_emitted(const std::string& file, const std::vector<FlagWord>& words) {
  std::vector<std::string> named;
  for (const FlagWord& word : words)
    if (named.size() < kMostNamed) named.push_back(fmt::format("{} (line {})", shown(word.text), word.line));
  std::string text = fmt::format("has {}", fmt::join(named, ", "));
  if (words.size() > named.size()) text += fmt::format(" and {} more words", words.size() - named.size());
  return {file, text + ", which emit does not write, so nothing was run",
          "take it out of there; what the container needs besides, give in COMMAND"};
}

/// Whether the flags mean the filter beside them. The path is the one under which the bundle was emitted.
bool is_own_filter(const fs::path& filter, const std::string& directory) {
  std::error_code missing;
  const fs::path bundle = fs::absolute(directory, missing).lexically_normal() / "";
  if (fs::equivalent(filter, bundle / "seccomp.json", missing)) return true;
  return filter.filename() == "seccomp.json" && filter.parent_path().filename() == bundle.parent_path().filename();
}

bool names_filter(const std::string& flag) { return flag.starts_with(kFilterFlag); }

/// Whether the word is a flag of the profile's, which was emitted to kAnyDirectory.
bool is_explained(const std::string& word, const std::set<std::string>& emitted, const std::string& directory) {
  if (names_filter(word) && !is_own_filter(word.substr(kFilterFlag.size()), directory)) return false;
  return names_filter(word) ? std::ranges::any_of(emitted, names_filter) : emitted.contains(word);
}

/// What the format's own file has for the profile; nothing where the profile can't be given in that format.
std::set<std::string> emitted_words(const Emitter& emitter, const Profile& profile) {
  std::set<std::string> words;
  const auto text = emitter.emit({profile, kAnyDirectory});
  if (text)
    for (const FlagWord& word : flag_words(*text)) words.insert(word.text);
  return words;
}

/// Flags without which the container has more. Without the others it has less.
bool takes_rights(const std::string& flag) {
  return flag.starts_with("--cap-drop=") || flag.starts_with("--read-only") || flag.starts_with("--security-opt=");
}

void compare_words(const std::set<std::string>& given, const std::set<std::string>& emitted,
                   const std::string& directory, BundleFlagWords& flags) {
  for (const std::string& word : given) {
    flags.given.insert(word);
    if (!is_explained(word, emitted, directory)) flags.added.insert(word);
  }
  for (const std::string& word : emitted) {
    const bool there = names_filter(word) ? std::ranges::any_of(given, names_filter) : given.contains(word);
    if (takes_rights(word) && !there) flags.missing.insert(names_filter(word) ? "--security-opt=seccomp" : word);
  }
}

}  // namespace

bool is_in_bundle(const std::string& directory, const std::string& name) {
  struct stat status {};
  return ::lstat((fs::path(directory) / name).c_str(), &status) == 0;
}

Status check_bundle_file(const std::string& directory, const std::string& name) {
  const std::string path = fs::path(directory) / name;
  struct stat status {};
  if (::lstat(path.c_str(), &status) != 0) return Error{path, "cannot be opened", "", errno};
  if (S_ISLNK(status.st_mode))
    return Error{path, "is a link, and a bundle has files only", "put the file itself there"};
  if (!S_ISREG(status.st_mode)) return Error{path, "is not a regular file", "emit the bundle again"};
  if (static_cast<size_t>(status.st_size) > kMostSmallFile) return Error{path, "is larger than 32 MiB"};
  return Done{};
}

Result<std::string> read_bundle_file(const std::string& directory, const std::string& name) {
  if (Status checked = check_bundle_file(directory, name); !checked) return checked.error();
  const std::string path = fs::path(directory) / name;
  std::string text = read_small_file(path);
  struct stat status {};
  if (text.empty() && (::lstat(path.c_str(), &status) != 0 || status.st_size != 0))
    return Error{path, "cannot be read", "see whether this user may read it"};
  return text;
}

Result<std::vector<std::string>> read_flags(const std::string& directory, const std::string& name) {
  const auto text = read_bundle_file(directory, name);
  if (!text) return text.error();
  std::vector<std::string> flags;
  std::vector<FlagWord> others;
  for (const FlagWord& word : flag_words(*text)) {
    flags.push_back(word.text);
    if (!is_emitted_flag(word.text)) others.push_back(word);
  }
  if (!others.empty()) return not_emitted(fs::path(directory) / name, others);
  return flags;
}

Result<BundleFlagWords> flags_beside(const std::string& directory, const Profile& profile) {
  BundleFlagWords flags;
  for (const char* format : {"docker", "docker-apparmor", "podman"}) {
    const Emitter& emitter = *find_emitter(format);
    const std::string name(emitter.file);
    if (!is_in_bundle(directory, name)) continue;
    const auto text = read_bundle_file(directory, name);
    if (!text) return text.error();
    std::set<std::string> given;
    for (const FlagWord& word : flag_words(*text)) given.insert(word.text);
    compare_words(given, emitted_words(emitter, profile), directory, flags);
  }
  return flags;
}

Status check_apparmor(const std::string& directory, const std::string& name) {
  const std::string file = "apparmor.profile";
  const auto text = read_bundle_file(directory, file);
  if (!text) return text.error();
  const auto line = line_not_emitted(*text, name);
  if (!line) return Done{};
  return Error{fs::path(directory) / file,
               fmt::format("has a line {} that emit does not write, so it is not loaded", *line),
               "emit the bundle again"};
}

}  // namespace profilegen::cli
