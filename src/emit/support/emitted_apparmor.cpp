// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <regex>
#include <sstream>

#include "profilegen/emitted_flags.h"

namespace profilegen {
namespace {

constexpr size_t kLongestRule = 256;  // of those without a path

bool is_comment(const std::string& line) { return line.empty() || line == "#" || line.starts_with("# "); }

/// `  "PATH" rwmklix,` with the quotes of the path escaped.
bool is_file_rule(const std::string& line) {
  constexpr std::string_view begin = "  \"";
  if (!line.starts_with(begin)) return false;
  size_t at = begin.size();
  while (at < line.size() && line[at] != '"') at += line[at] == '\\' ? 2 : 1;
  if (at + 3 >= line.size() || line[at + 1] != ' ' || !line.ends_with(',')) return false;
  return line.find_first_not_of("rwmklix", at + 2) == line.size() - 1;
}

bool is_rule(const std::string& line, const std::string& name) {
  static const std::regex simple(
      "  (capability [a-z_]+|network [a-z0-9]+ [a-z]+|mount|umount|pivot_root|signal \\(receive\\) peer=unconfined),");
  const std::string engine = "  signal (receive) peer={/usr/bin/,/usr/sbin/,}{dockerd,runc,crun,podman},";
  const std::string peer = fmt::format(" peer={},", name);
  if (line == engine || (line.size() <= kLongestRule && std::regex_match(line, simple))) return true;
  if (!line.ends_with(peer) || line.size() > kLongestRule) return false;
  static const std::regex to_itself("  (signal|ptrace) \\([a-z, ]+\\)");
  return std::regex_match(line.substr(0, line.size() - peer.size()), to_itself);
}

}  // namespace

std::optional<size_t> line_not_emitted(std::string_view apparmor, const std::string& name) {
  enum class Part { before, inside, behind } part = Part::before;
  const std::string begin = fmt::format("profile {} flags=(attach_disconnected,mediate_deleted) {{", name);
  std::istringstream lines{std::string(apparmor)};
  size_t number = 0;
  for (std::string line; std::getline(lines, line);) {
    ++number;
    if (is_comment(line)) continue;
    const bool outside = part == Part::before && (line == "abi <abi/3.0>," || line == "include <tunables/global>");
    const bool inside = part == Part::inside && (is_file_rule(line) || is_rule(line, name));
    if (outside || inside) continue;
    if (part == Part::before && line == begin)
      part = Part::inside;
    else if (part == Part::inside && line == "}")
      part = Part::behind;
    else
      return number;
  }
  return part == Part::behind ? std::nullopt : std::optional(number);
}

}  // namespace profilegen
