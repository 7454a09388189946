// SPDX-License-Identifier: Apache-2.0
// The operator also includes abstractions/base, which has what processes do to each other under the same profile:
// unix sockets, signals, and reading about each other by ptrace. And it denies writing to most of /proc.
#include "support/armor_form.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "support/apparmor_peers.h"
#include "support/application_calls.h"
#include "support/armor_path.h"

namespace profilegen {
namespace {

bool has(const FileRule& rule, std::string_view letters) {
  return rule.permissions.find_first_of(letters) != std::string::npos;
}

bool is_written(const FileRule& rule) { return has(rule, "wkl"); }

/// Whether the operator's own rules deny it: files of /proc that belong to no process.
bool is_denied_by_operator(const std::string& pattern, const FileRule& rule) {
  constexpr std::array<std::string_view, 4> never = {"/proc/kcore", "/proc/mem", "/proc/kmem", "/proc/sysrq-trigger"};
  if (std::ranges::find(never, pattern) != never.end() || pattern.starts_with("/sys/firmware/efi/efivars/"))
    return true;
  return is_written(rule) && pattern.starts_with("/proc/") && !pattern.starts_with("/proc/[0-9]") &&
         !pattern.starts_with("/proc/sys/kernel/shm");
}

/// Devices come open from the engine, too, for reading and writing: neither may be denied.
bool may_be_inherited(const std::string& path) { return path.starts_with("/dev/"); }

bool overlaps_any(const std::string& path, const std::set<std::string>& others) {
  return std::ranges::any_of(others, [&](const std::string& other) { return may_overlap(path, other); });
}

void add_written(const Profile& profile, ArmorForm& form) {
  std::set<std::string> read;
  for (const auto& [pattern, rule] : profile.files)
    if (has(rule, "rm")) read.insert(armor_path(pattern));
  for (const auto& [pattern, rule] : profile.files) {
    if (!is_written(rule)) continue;
    const std::string path = armor_path(pattern);
    const bool only_written = !has(rule, "rm") && !may_be_inherited(path) && !overlaps_any(path, read);
    (only_written ? form.write_only : form.read_write).insert(path);
    if (!has(rule, "w")) form.wider.push_back(fmt::format("{} may be written, since it was locked or linked", path));
  }
}

/// A rule for a path that is only read would deny writing to what it overlaps. One for libraries does not, and allows
/// reading, too.
void add_read(const Profile& profile, ArmorForm& form) {
  std::set<std::string> written = form.read_write;
  written.insert(form.write_only.begin(), form.write_only.end());
  for (const auto& [pattern, rule] : profile.files) {
    const std::string path = armor_path(pattern);
    if (has(rule, "x")) form.executables.insert(path);
    if (has(rule, "xm")) form.libraries.insert(path);
    if (has(rule, "xmwkl")) continue;
    const bool deniable = !may_be_inherited(path) && !overlaps_any(path, written);
    (deniable ? form.read_only : form.libraries).insert(path);
  }
}

void add_files(const Profile& profile, ArmorForm& form) {
  add_written(profile, form);
  add_read(profile, form);
  for (const auto& [pattern, rule] : profile.files) {
    const std::string path = armor_path(pattern);
    if (is_denied_by_operator(pattern, rule)) form.unsayable.push_back(fmt::format("{} {}", path, rule.permissions));
    if (path != pattern && !path.starts_with("/proc/@{pid}"))
      form.wider.push_back(fmt::format("{} stands for a path with other characters", path));
  }
}

void add_network(const Profile& profile, ArmorForm& form) {
  for (const auto& [family, type] : profile.network) {
    const bool is_ip = family == "inet" || family == "inet6";
    const bool is_common = family == "unix";  // in abstractions/base
    if (type == "raw" && !is_common) form.raw = true;
    if (is_ip && type == "stream") form.tcp = true;
    if (is_ip && type == "dgram") form.udp = true;
    if (type == "raw" && !is_ip && !is_common)
      form.wider.push_back(fmt::format("raw sockets of any family, because of {}", family));
    if (!is_common && type != "raw" && !(is_ip && (type == "stream" || type == "dgram")))
      form.unsayable.push_back(fmt::format("network {} {}", family, type));
  }
}

void add_calls(const Profile& profile, ArmorForm& form) {
  if (application_calls(profile,
                        {"mount", "move_mount", "fsmount", "mount_setattr", "umount", "umount2", "pivot_root"}))
    form.unsayable.emplace_back("mount, umount, pivot_root");
  if (attaches_to_processes(profile)) form.unsayable.emplace_back("ptrace (trace)");
}

}  // namespace

ArmorForm armor_form(const Profile& profile) {
  ArmorForm form;
  add_files(profile, form);
  add_network(profile, form);
  add_calls(profile, form);
  return form;
}

}  // namespace profilegen
