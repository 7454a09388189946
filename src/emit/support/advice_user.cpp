// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <fmt/ranges.h>

#include "advice.h"
#include "hole_flags.h"
#include "profilegen/shell_word.h"

namespace profilegen {
namespace {

constexpr uint32_t kUser = 65532;  // the usual id in images without a root user; any id but 0 would do
constexpr size_t kMostLines = 20;

// In a container any user can bind low ports: engines set net.ipv4.ip_unprivileged_port_start to 0 (Docker 20.10).
bool needs_root(const std::string& capability) { return capability != "NET_BIND_SERVICE"; }

std::string ownership_text(const std::string& path, const Ownership& owned) {
  return fmt::format("{} ({:04o} {}:{})", shell_word(path), owned.mode, owned.uid, owned.gid);
}

bool is_writable_for_all(const Hole& hole) { return (hole.mode & 0003) == 0003; }

// A volume gets its owner from the image's directory, so only the image can change it.
std::string hole_line(const std::string& path, Hole hole) {
  if (hole.kind == HoleKind::volume) return ownership_text(path, {hole.mode, hole.uid, hole.gid}) + ", writable";
  hole.uid = hole.gid = kUser;
  return "the hole: " + shell_word(hole_flag(path, hole));
}

std::vector<std::string> owned_lines(const Profile& profile) {
  std::vector<std::string> lines;
  for (const auto& [path, owned] : profile.restricted) lines.push_back(ownership_text(path, owned));
  for (const auto& [path, hole] : profile.holes)
    if (!is_writable_for_all(hole)) lines.push_back(hole_line(path, hole));
  if (lines.size() > kMostLines) {
    const size_t more = lines.size() - kMostLines;
    lines.resize(kMostLines);
    lines.push_back(fmt::format("and {} more: \"restricted\" and \"holes\" in profile.json", more));
  }
  return lines;
}

}  // namespace

std::vector<Advice> advise_user(const Profile& profile) {
  if (!profile.as_root) return {};
  std::vector<std::string> needed;
  for (const std::string& name : profile.capabilities)
    if (needs_root(name)) needed.push_back(name);
  if (!needed.empty())
    return {{"no --user", {fmt::format("it ran as root and needed capabilities: {}", fmt::join(needed, ", "))}}};
  Advice advice{fmt::format("--user={0}:{0}", kUser), {"it ran as root and needed nothing that only root may do"}};
  const std::vector<std::string> owned = owned_lines(profile);
  if (!owned.empty()) {
    advice.evidence.emplace_back("that user must own these, or be given access to them:");
    for (const std::string& line : owned) advice.evidence.push_back("  " + line);
    advice.evidence.emplace_back("then record again with --user: the holes will have the right owner");
  }
  return {advice};
}

}  // namespace profilegen
