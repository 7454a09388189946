// SPDX-License-Identifier: Apache-2.0
// A drop-in for a service (systemd.exec(5)). The filter is for the program itself, so only the application's calls are
// allowed; systemd adds what it needs itself between loading the filter and execve.
#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "profilegen/companions.h"
#include "profilegen/path_text.h"
#include "profilegen/terminal_text.h"
#include "support/capability_names.h"
#include "support/incomplete.h"
#include "support/network_rules.h"
#include "support/registry.h"

namespace profilegen {
namespace {

constexpr size_t kUnitWidth = 110;

// A list setting may be repeated: each line adds to the ones before.
std::string filled(const std::string& setting, const std::set<std::string>& words) {
  std::string text;
  std::string line;
  for (const std::string& word : words) {
    if (!line.empty() && line.size() + word.size() > kUnitWidth) text += setting + "=" + std::exchange(line, "") + "\n";
    line += (line.empty() ? "" : " ") + word;
  }
  return text + setting + "=" + line + "\n";
}

// Every other call is answered with ENOSYS, which programs expect from kernels that lack a call.
std::string call_lines(const Profile& profile) {
  std::set<std::string> names;
  std::set<std::string> arches{"native"};
  for (const auto& [call, needed_by] : profile.calls) {
    const bool is_programs = needed_by.contains(NeededBy::app) || is_companion(needed_by);
    if (call.name.starts_with('#') || !is_programs) continue;
    names.insert(call.name);
    if (call.arch != profile.arch) arches.emplace(arch_systemd_name(call.arch));
  }
  return filled("SystemCallArchitectures", arches) + filled("SystemCallFilter", names) +
         "SystemCallErrorNumber=ENOSYS\n";
}

// Only root gets capabilities of the bounding set by itself. A service shares the machine's network, where ports below
// 1024 are privileged. And before version 255, systemd cannot load a filter for a service with User= unless the service
// gives up new privileges: then an executed file gives it no capabilities, so systemd itself must.
std::string ambient_lines(const Profile& profile) {
  std::set<std::string> names;
  if (!profile.no_new_privileges)
    for (const std::string& name : profile.file_capabilities)
      if (!name.starts_with('#')) names.insert("CAP_" + name);
  const std::string comment =
      names.empty()
          ? ""
          : "# For User=: with a filter, older versions of systemd let no program gain its file's capabilities.\n";
  if (low_port(profile) && !profile.as_root) names.insert("CAP_NET_BIND_SERVICE");
  return names.empty() ? "" : comment + filled("AmbientCapabilities", names);
}

std::string capability_lines(const Profile& profile) {
  std::set<std::string> names;
  for (const std::string& name : named_capabilities(profile)) names.insert("CAP_" + name);
  if (low_port(profile)) names.insert("CAP_NET_BIND_SERVICE");
  return filled("CapabilityBoundingSet", names) + ambient_lines(profile) +
         (profile.no_new_privileges ? "NoNewPrivileges=yes\n" : "");
}

std::string network_line(const Profile& profile) {
  std::set<std::string> families;
  for (const auto& [family, type] : profile.network) {
    std::string name = "AF_" + family;
    std::ranges::transform(name, name.begin(),
                           [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; });
    families.insert(name);
  }
  if (families.empty()) families.insert("none");
  return filled("RestrictAddressFamilies", families);
}

// Quoted, as in systemd.syntax(7); '%' begins a specifier. A backslash stands before a character that is meant as it
// is: this setting decodes no C escapes (config_parse_namespace_path_strv() in systemd). '-' means: no error when the
// path is missing.
std::string path_word(const std::string& path) {
  std::string text = "\"-";
  for (const char letter : path) {
    if (letter == '%') text += '%';
    if (letter == '"' || letter == '\\' || has_runner_order(text.substr(text.size() - 1) + letter)) text += '\\';
    text += letter;
  }
  return text + "\"";
}

// Without C escapes no line can hold a control character, and systemd takes valid UTF-8 only.
std::string path_line(const std::string& path) {
  if (is_all_shown(path)) return fmt::format("ReadWritePaths={}\n", path_word(path));
  return fmt::format("# Left out, since no unit can name it; ReadWritePaths= of a directory above it does: {}\n",
                     terminal_text(path));
}

std::string file_lines(const Profile& profile) {
  if (!profile.read_only_root)
    return fmt::format("# The file system stays writable: {}\n", one_line(profile.root_reason));
  std::string text = "ProtectSystem=strict\n";
  for (const auto& [path, hole] : profile.holes) text += path_line(path);
  return text;
}

}  // namespace

Result<std::string> emit_systemd(const EmitInput& input) {
  const Profile& profile = input.profile;
  return fmt::format("{}# /etc/systemd/system/{}.service.d/profilegen.conf\n[Service]\n{}{}{}{}",
                     incomplete_header(profile), input.name, call_lines(profile), capability_lines(profile),
                     network_line(profile), file_lines(profile));
}

}  // namespace profilegen
