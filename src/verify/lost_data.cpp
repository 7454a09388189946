// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "profilegen/analyze.h"
#include "profilegen/lines.h"
#include "profilegen/paths.h"
#include "profilegen/verify.h"

namespace profilegen {
namespace {

std::vector<std::string> temporary_holes(const Profile& profile) {
  std::vector<std::string> places;
  if (!profile.read_only_root) return places;
  for (const auto& [path, hole] : profile.holes)
    if (hole.kind == HoleKind::tmpfs) places.push_back(path);
  return places;
}

}  // namespace

std::vector<LostData> lost_at_stop(const Profile& profile, const Trace& run, const FileRows& files) {
  std::vector<LostData> lost;
  const std::vector<std::string> places = temporary_holes(profile);
  if (places.empty()) return lost;
  Trace trace;
  trace.runs = run.runs;
  files([&](const FileKey& key, const FileFact& fact) { trace.files.emplace(key, fact); });
  for (const std::string& place : places)
    if (std::string file = kept_file(trace, place); !file.empty()) lost.push_back({place, std::move(file)});
  return lost;
}

Profile keep_data(Profile profile, const std::vector<LostData>& lost) {
  for (const LostData& data : lost) {
    const auto found = profile.holes.find(data.hole);
    if (found == profile.holes.end()) continue;
    Hole& hole = found->second;
    hole.kind = HoleKind::volume;
    hole.empty = hole.directories.empty();
    hole.directories.clear();
    hole.size = 0;
    hole.uncertain = false;
    hole.reason += fmt::format("{}{} was lost at a restart", hole.reason.empty() ? "" : "; ", printable(data.file));
  }
  return profile;
}

std::vector<std::string> emptied_at_stop(const Profile& profile, const FileRows& files) {
  std::set<std::string> changed;
  const std::vector<std::string> places = temporary_holes(profile);
  files([&](const FileKey& key, const FileFact& /*fact*/) {
    for (const std::string& place : places)
      if (file_op_writes(key.op) && is_below(key.path, place)) changed.insert(place);
  });
  return {changed.begin(), changed.end()};
}

}  // namespace profilegen
