// SPDX-License-Identifier: Apache-2.0
#include "holes/hole_kind.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "holes/hole_places.h"
#include "holes/lossy_places.h"
#include "profilegen/lines.h"
#include "profilegen/paths.h"

namespace profilegen {
namespace {

constexpr std::array kNameChanges = {FileOp::RMDIR, FileOp::RENAME_FROM, FileOp::RENAME_TO, FileOp::MKDIR};

bool changes_name(const Trace& trace, const std::string& directory) {
  return std::ranges::any_of(kNameChanges, [&](FileOp op) { return trace.files.contains({directory, op}); });
}

bool moves_across(const Trace& trace, const std::string& place, const std::string& directory) {
  for (std::string above = parent_directory(directory); is_at_or_below(above, place); above = parent_directory(above))
    if (trace.files.contains({above, FileOp::MOVE_BELOW})) return true;
  return false;
}

// A directory of the image can be given to a tmpfs as another tmpfs in it. But that can't be removed or renamed, and
// nothing can be renamed from one to the other.
bool can_be_mounts(const Trace& trace, const std::string& place, const std::map<std::string, Ownership>& directories) {
  return std::ranges::none_of(directories, [&](const auto& entry) {
    return !can_be_a_flag(entry.first) || changes_name(trace, entry.first) || moves_across(trace, place, entry.first);
  });
}

// Content of the image in /run that nobody read is left over from when the image was made. As a volume it would come
// back at each start, with sockets and pid files of the last one.
bool needs_content(const std::string& place, const KeptFiles& files, const ImageDirectories& directories) {
  return is_run_state(place) ? !files.shipped.empty() : has_image_files(place, directories);
}

std::string reason_for(const std::string& place, const std::map<std::string, Writes>& inside, const KeptFiles& files) {
  std::string reason = describe_writes(inside);
  if (!files.reread.empty()) return fmt::format("{}; {} read again after a restart", reason, printable(files.reread));
  if (is_run_state(place) && !files.shipped.empty())
    return fmt::format("{}; the image's {} was read", reason, printable(files.shipped));
  return reason;
}

}  // namespace

Hole hole_at(const Trace& trace, const std::string& place, const std::map<std::string, Writes>& inside,
             const ImageDirectories& directories) {
  const KeptFiles files = look_for_kept_files(trace, place, inside);
  const Ownership owner = owner_at(place, directories);
  std::map<std::string, Ownership> below = image_directories_below(place, directories);
  const bool is_proven =
      !files.reread.empty() || needs_content(place, files, directories) || !can_be_mounts(trace, place, below);
  Hole hole{.mode = owner.mode, .uid = owner.uid, .gid = owner.gid, .reason = reason_for(place, inside, files)};
  if (is_proven || !files.kept.empty()) {
    hole.kind = HoleKind::volume;
    hole.empty = below.empty() && !has_image_files(place, directories);
    hole.uncertain = !is_proven;
  } else {
    hole.uncertain = !files.removed.empty();
    hole.directories = std::move(below);
  }
  return hole;
}

}  // namespace profilegen
