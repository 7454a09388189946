// SPDX-License-Identifier: Apache-2.0
#include "profilegen/emitted_flags.h"

#include <algorithm>
#include <regex>
#include <sstream>

#include "profilegen/paths.h"
#include "support/docker_words.h"

namespace profilegen {
namespace {

constexpr size_t kLongestPath = 4096;  // PATH_MAX; it also bounds what a regular expression is given

/// What follows `prefix` in the word, or nothing.
std::string_view behind(std::string_view word, std::string_view prefix) {
  return word.starts_with(prefix) ? word.substr(prefix.size()) : std::string_view();
}

bool matches(std::string_view text, const char* pattern) {
  return text.size() <= kLongestPath && std::regex_match(text.begin(), text.end(), std::regex(pattern));
}

/// A place in the container. emit writes no other spelling of a path, such as one with "..".
bool is_place(std::string_view path) {
  if (path.size() > kLongestPath || !is_flag_path(path) || path.ends_with('/')) return false;
  constexpr std::string_view detours[] = {"//", "/./", "/../"};
  const std::string whole = std::string(path) + "/";
  return std::ranges::all_of(detours, [&](std::string_view one) { return whole.find(one) == std::string::npos; });
}

bool is_tmpfs(std::string_view value) {
  const size_t colon = std::min(value.find(':'), value.size());
  return is_place(value.substr(0, colon)) &&
         matches(value.substr(colon),
                 ":rw,nosuid,nodev,(no)?exec,mode=[0-7]{4}(,uid=[0-9]{1,10},gid=[0-9]{1,10})?"
                 "(,size=[0-9]{1,14}m)?");
}

/// The directory is where the bundle lay when it was emitted. Who reads the flags says whose filter it is.
bool is_filter(std::string_view file) {
  return survives_word_splitting(file) && (file == "seccomp.json" || file.ends_with("/seccomp.json"));
}

bool is_capability(std::string_view name) { return name != "ALL" && matches(name, "[A-Z][A-Z0-9_]{0,63}"); }

bool is_sysctl(std::string_view setting) {
  return matches(setting, "net\\.ipv4\\.ip_unprivileged_port_start=[0-9]{1,5}");
}

/// Those without a value of the profile's.
bool is_fixed(std::string_view word) {
  constexpr std::string_view fixed[] = {"--cap-drop=ALL", "--read-only", "--read-only-tmpfs=false",
                                        "--security-opt=no-new-privileges", "--label=profilegen.incomplete=true"};
  return std::ranges::find(fixed, word) != std::end(fixed);
}

}  // namespace

std::vector<FlagWord> flag_words(std::string_view text) {
  std::vector<FlagWord> words;
  std::istringstream lines{std::string(text)};
  size_t number = 0;
  for (std::string line; std::getline(lines, line);) {
    ++number;
    std::istringstream blanks(line);
    for (std::string word; blanks >> word;) words.push_back({word, number});
  }
  return words;
}

bool is_emitted_flag(std::string_view word) {
  return is_fixed(word) || is_filter(behind(word, "--security-opt=seccomp=")) ||
         matches(behind(word, "--security-opt=apparmor="), "profilegen-[0-9a-f]{8}") ||
         is_capability(behind(word, "--cap-add=")) || is_tmpfs(behind(word, "--tmpfs=")) ||
         is_place(behind(word, "--volume=")) || is_sysctl(behind(word, "--sysctl="));
}

}  // namespace profilegen
