// SPDX-License-Identifier: Apache-2.0
// A drop-in (systemd.exec(5)). The filter holds for the program itself, so only what the application called is let
// through; systemd adds what it needs between loading the filter and execve.
#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "support/capability_names.h"
#include "support/incomplete.h"
#include "support/registry.h"

namespace profilegen {
namespace {

constexpr size_t kUnitWidth = 110;

// Of a list setting each line adds to the ones before.
std::string filled(const std::string& setting, const std::set<std::string>& words) {
  std::string text;
  std::string line;
  for (const std::string& word : words) {
    if (!line.empty() && line.size() + word.size() > kUnitWidth) text += setting + "=" + std::exchange(line, "") + "\n";
    line += (line.empty() ? "" : " ") + word;
  }
  return text + setting + "=" + line + "\n";
}

std::string systemd_name(Arch arch) {
  switch (arch) {
    case Arch::x86_64:
      return "x86-64";
    case Arch::x86:
      return "x86";
    case Arch::x32:
      return "x32";
    case Arch::aarch64:
      return "arm64";
    case Arch::arm:
      return "arm";
  }
  return "";
}

// What is in no list is answered ENOSYS, which is what a program expects that tries a call an old kernel may lack.
std::string call_lines(const Profile& profile) {
  std::set<std::string> names;
  std::set<std::string> arches{"native"};
  for (const auto& [call, needed_by] : profile.calls) {
    if (call.name.starts_with('#') || !needed_by.contains(NeededBy::app)) continue;
    names.insert(call.name);
    if (call.arch != profile.arch) arches.insert(systemd_name(call.arch));
  }
  return filled("SystemCallArchitectures", arches) + filled("SystemCallFilter", names) +
         "SystemCallErrorNumber=ENOSYS\n";
}

std::string capability_lines(const Profile& profile) {
  std::set<std::string> names;
  for (const std::string& name : named_capabilities(profile)) names.insert("CAP_" + name);
  return filled("CapabilityBoundingSet", names) + (profile.no_new_privileges ? "NoNewPrivileges=yes\n" : "");
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

// systemd.syntax(7): quoted, with C escapes; '%' begins a specifier. '-': no error where it does not exist.
std::string path_word(const std::string& path) {
  std::string text = "\"-";
  for (const char letter : path) {
    if (letter == '%') text += '%';
    if (letter == '"' || letter == '\\') text += '\\';
    if (letter == '\n') text += "\\n";
    if (letter != '\n') text += letter;
  }
  return text + "\"";
}

std::string file_lines(const Profile& profile) {
  if (!profile.read_only_root) return fmt::format("# The file system stays writable: {}\n", profile.root_reason);
  std::string text = "ProtectSystem=strict\n";
  for (const auto& [path, hole] : profile.holes) text += fmt::format("ReadWritePaths={}\n", path_word(path));
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
