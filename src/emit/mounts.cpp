// SPDX-License-Identifier: Apache-2.0
// For people: what must be writable and why, and what can be made read-only.
#include <fmt/format.h>

#include "profilegen/shell_word.h"
#include "profilegen/terminal_text.h"
#include "support/hole_flags.h"
#include "support/hole_mounts.h"
#include "support/incomplete.h"
#include "support/registry.h"

namespace profilegen {
namespace {

std::string section(std::string_view title, const std::string& body) {
  return body.empty() ? "" : fmt::format("\n{}\n{}", title, body);
}

std::string root_line(const Profile& profile) {
  if (!profile.read_only_root)
    return fmt::format("The root file system cannot be read-only: {}\n", terminal_text(profile.root_reason));
  if (profile.holes.empty()) return "The root file system can be read-only: --read-only\n";
  return "The root file system can be read-only with the holes below: --read-only\n";
}

// As in docker.flags: with a writable root there is no need for holes.
std::string hole_lines(const Profile& profile) {
  std::string text;
  if (!profile.read_only_root) return text;
  for (const auto& [path, hole] : hole_mounts(profile)) {
    text += fmt::format("  {}\n      {}\n", shell_word(hole_flag(path, hole)), terminal_text(hole.reason));
    if (hole.kind == HoleKind::volume) {
      text += fmt::format("      to keep it when the container is removed: {}\n", shell_word("--volume=NAME:" + path));
    }
  }
  return text;
}

// A mount without a named source (tmpfs, anonymous volume) has no flag that makes it read-only.
std::string described(const std::string& path, const UserMount& mount) {
  if (mount.source.empty()) return fmt::format("  {} ({})\n", shell_word(path), terminal_text(mount.origin));
  return fmt::format("  {} ({} {})\n", shell_word(path), terminal_text(mount.origin), shell_word(mount.source));
}

std::string read_only_flag(const std::string& path, const UserMount& mount) {
  return fmt::format("  -v {}\n", shell_word(fmt::format("{}:{}:ro", mount.source, path)));
}

bool has_flag(const UserMount& mount) {
  return (mount.origin == "volume" || mount.origin == "bind") && !mount.source.empty();
}

struct MountLines {
  std::string advice;
  std::string only_read;
  std::string read_only;
  std::string written;
};

MountLines mount_lines(const Profile& profile) {
  MountLines lines;
  for (const auto& [path, mount] : profile.mounts) {
    if (mount.written) {
      lines.written += described(path, mount);
    } else if (mount.read_only) {
      lines.read_only += described(path, mount);
    } else if (has_flag(mount)) {
      lines.advice += read_only_flag(path, mount);
    } else {
      lines.only_read += described(path, mount);
    }
  }
  return lines;
}

std::string note_lines(const Profile& profile) {
  std::string text;
  for (const std::string& line : uncertain_holes(profile)) text += fmt::format("  {}\n", line);
  for (const std::string& note : all_notes(profile)) text += fmt::format("  {}\n", terminal_text(note));
  return text;
}

}  // namespace

Result<std::string> emit_mounts(const EmitInput& input) {
  const Profile& profile = input.profile;
  const MountLines mounts = mount_lines(profile);
  return incomplete_header(profile) + root_line(profile) + section("Writable holes:", hole_lines(profile)) +
         section("Mounts that were never written; your own command can mount them read-only:", mounts.advice) +
         section("Mounts that were never written, without a flag that makes them read-only:", mounts.only_read) +
         section("Mounts that are read-only already:", mounts.read_only) +
         section("Mounts that were written:", mounts.written) + section("Notes:", note_lines(profile));
}

}  // namespace profilegen
