// SPDX-License-Identifier: Apache-2.0
#include "paths/mount_table.h"
#include "profilegen/paths.h"

#include <algorithm>
#include <charconv>

namespace profilegen {
namespace {

// The kernel writes blank, tab, newline and backslash as octal escapes of three digits (fs/proc_namespace.c: mangle()).
std::string unescape(std::string_view text) {
  const auto octal = [](char c) { return c >= '0' && c <= '7'; };
  std::string plain;
  for (size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\\' && i + 3 < text.size() && octal(text[i + 1]) && octal(text[i + 2]) && octal(text[i + 3])) {
      plain += static_cast<char>((text[i + 1] - '0') * 64 + (text[i + 2] - '0') * 8 + (text[i + 3] - '0'));
      i += 3;
    } else {
      plain += text[i];
    }
  }
  return plain;
}

std::vector<std::string_view> split(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  while (!text.empty()) {
    const size_t end = std::min(text.find(separator), text.size());
    parts.push_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return parts;
}

uint32_t number(std::string_view text) {
  uint32_t value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

bool has_option(std::string_view options, std::string_view option) {
  const auto parts = split(options, ',');
  return std::find(parts.begin(), parts.end(), option) != parts.end();
}

// fs/overlayfs/params.c: directories are joined by colons, or since Linux 6.8 may be given one at a time.
std::vector<std::string> lower_directories(std::string_view options) {
  constexpr std::string_view joined = "lowerdir=";
  constexpr std::string_view single = "lowerdir+=";
  std::vector<std::string> directories;
  for (std::string_view option : split(options, ',')) {
    if (option.starts_with(single)) directories.push_back(unescape(option.substr(single.size())));
    if (!option.starts_with(joined)) continue;
    for (const std::string_view directory : split(option.substr(joined.size()), ':'))
      directories.push_back(unescape(directory));
  }
  return directories;
}

std::string upper_directory(std::string_view options) {
  constexpr std::string_view name = "upperdir=";
  for (const std::string_view option : split(options, ','))
    if (option.starts_with(name)) return unescape(option.substr(name.size()));
  return "";
}

// Parses "36 35 98:0 /mnt1 /mnt2 rw,noatime master:1 - ext3 /dev/root rw,errors=continue".
std::optional<MountEntry> parse_line(std::string_view line) {
  const auto fields = split(line, ' ');
  const auto dash = std::find(fields.begin(), fields.end(), "-");
  if (fields.size() < 7 || fields.end() - dash < 3) return std::nullopt;
  const auto colon = fields[2].find(':');
  if (colon == std::string_view::npos) return std::nullopt;
  MountEntry entry;
  entry.id = number(fields[0]);
  entry.dev = number(fields[2].substr(0, colon)) << 20 | number(fields[2].substr(colon + 1));
  entry.root = unescape(fields[3]);
  entry.path = unescape(fields[4]);
  entry.read_only = has_option(fields[5], "ro");
  entry.no_exec = has_option(fields[5], "noexec");
  entry.type = unescape(dash[1]);
  entry.source = unescape(dash[2]);
  if (entry.type == "overlay" && fields.end() - dash > 3) {
    entry.upper = upper_directory(dash[3]);
    entry.lower = lower_directories(dash[3]);
  }
  return entry;
}

// The mount that contains `path`: the one with the longest mount point, and of equal ones the last.
const MountEntry* mount_over(const MountTable& table, const std::string& path) {
  const MountEntry* best = nullptr;
  for (const MountEntry& entry : table)
    if (is_at_or_below(path, entry.path) && (!best || entry.path.size() >= best->path.size())) best = &entry;
  return best;
}

bool is_same_place(const MountEntry& a, const MountEntry& b) {
  return a.dev == b.dev && a.root == b.root && a.path == b.path;
}

// "/a" and "/b/c" give "/a/b/c"; either may be "/".
std::string join(const std::string& directory, const std::string& below) {
  const std::string joined = (directory == "/" ? "" : directory) + (below == "/" ? "" : below);
  return joined.empty() ? "/" : joined;
}

std::string below(const std::string& directory, const std::string& path) {
  const std::string rest = directory == "/" ? path : path.substr(directory.size());
  return rest.empty() ? "/" : rest;
}

}  // namespace

MountTable parse_mountinfo(std::string_view text) {
  MountTable table;
  for (const auto line : split(text, '\n'))
    if (auto entry = parse_line(line)) table.push_back(std::move(*entry));
  return table;
}

uint32_t root_mount(const MountTable& table) {
  const MountEntry* root = mount_over(table, "/");
  return root ? root->id : 0;
}

std::vector<std::string> root_layers(const MountTable& table) {
  const MountEntry* root = mount_over(table, "/");
  if (!root || !std::ranges::all_of(root->lower, [](const auto& layer) { return layer.starts_with('/'); })) return {};
  return root->lower;
}

std::string root_upper(const MountTable& table) {
  const MountEntry* root = mount_over(table, "/");
  return root && root->upper.starts_with('/') ? root->upper : "";
}

bool has_device(const MountTable& table, uint32_t dev) {
  return std::ranges::any_of(table, [&](const MountEntry& entry) { return entry.dev == dev; });
}

bool can_write_to(const MountTable& table, const std::string& path, const MountTable& others) {
  const MountEntry* mount = mount_over(table, path);
  return mount && !mount->read_only && has_device(others, mount->dev);
}

bool is_without_execution(const MountTable& table, const std::string& path) {
  const MountEntry* mount = mount_over(table, path);
  return mount && mount->no_exec;
}

std::optional<std::string> translate(const MountTable& from, const std::string& path, const MountTable& to) {
  const MountEntry* mount = mount_over(from, path);
  if (!mount) return std::nullopt;
  // Several mounts can show the same file system. If the path leads to the same place in both namespaces, it is kept.
  const MountEntry* there = mount_over(to, path);
  if (there && is_same_place(*mount, *there)) return path;
  return locate(to, mount->dev, join(mount->root, below(mount->path, path)));
}

std::optional<std::string> locate(const MountTable& table, uint32_t dev, const std::string& path) {
  const MountEntry* best = nullptr;
  for (const MountEntry& entry : table)
    if (entry.dev == dev && is_at_or_below(path, entry.root) && (!best || entry.root.size() > best->root.size()))
      best = &entry;
  if (!best) return std::nullopt;
  return join(best->path, below(best->root, path));
}

}  // namespace profilegen
