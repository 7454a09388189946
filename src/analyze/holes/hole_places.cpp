// SPDX-License-Identifier: Apache-2.0
#include "holes/hole_places.h"

#include <algorithm>
#include <array>

#include "profilegen/path_text.h"
#include "profilegen/paths.h"

namespace profilegen {
namespace {

// More holes than this in one directory become one hole at that directory: nobody reviews a list of 50 mounts.
constexpr size_t kMostSiblings = 8;

// These hold different kinds of things, or code. They never become a hole just to save a few lines.
constexpr std::array<std::string_view, 12> kNeverJoined = {
    "/", "/etc", "/usr", "/usr/lib", "/usr/local", "/usr/share", "/lib", "/root", "/var", "/var/lib", "/home", "/opt"};

std::string raise_until_flag(std::string place) {
  while (!can_be_a_flag(place)) place = parent_directory(place);
  return place;
}

struct RootWrites {
  std::map<std::string, Writes> direct;  ///< writes directly in "/"
  std::map<std::string, Writes> raised;  ///< writes for which no directory below "/" can be named in a flag
};

bool only_moves(const std::map<std::string, Writes>& writes) {
  return std::ranges::all_of(writes,
                             [](const auto& write) { return write.second.ops == std::set{FileOp::MOVE_BELOW}; });
}

std::string explain(const RootWrites& root) {
  if (!root.direct.empty()) {
    const char* advice = ": a rename or link from one mount to another fails, and only / is above both directories";
    return describe_writes(root.direct) + (only_moves(root.direct) ? advice : "");
  }
  if (root.raised.empty()) return "";
  return describe_writes(root.raised) + ": docker's flags can't name the directory";
}

// Removes places below other places. A directory that the application makes (mkdir) needs its parent, which covers it.
void drop_covered(std::set<std::string>& places) {
  std::string above;
  // In sorted order other paths may stand between a path and those below it: "/a", "/a-b", "/a/b".
  std::erase_if(places, [&](const std::string& place) {
    for (above = place; above != "/";) {
      above = parent_directory(above);
      if (places.contains(above)) return true;
    }
    return false;
  });
}

bool join_one_family(std::set<std::string>& places) {
  std::map<std::string, size_t> children;
  for (const std::string& place : places) ++children[parent_directory(place)];
  for (const auto& [parent, count] : children) {
    if (count <= kMostSiblings || std::ranges::find(kNeverJoined, parent) != kNeverJoined.end()) continue;
    places.insert(parent);
    drop_covered(places);
    return true;
  }
  return false;
}

}  // namespace

// What docker.flags can express. Docker ends paths at ':' and ',', and $(cat docker.flags) splits words at white space
// and expands file name patterns. Quotes, '$' and backslashes are excluded so that people can paste the flags, too.
// Docker passes paths on as JSON, which can't hold bytes that are not UTF-8, and people must see what they paste.
bool can_be_a_flag(std::string_view path) {
  constexpr std::string_view special = ":,*?[]$\\\"'`";
  const bool has_special = std::ranges::any_of(path, [&](char letter) {
    const auto byte = static_cast<unsigned char>(letter);
    return byte <= ' ' || byte == 0x7f || special.find(letter) != std::string_view::npos;
  });
  return !has_special && is_all_shown(path);
}

HolePlaces choose_places(const std::map<std::string, Writes>& writes, const std::set<std::string>& own) {
  HolePlaces chosen;
  RootWrites root;
  for (const auto& [path, entry] : writes) {
    for (const FileOp op : entry.ops) {
      const std::string wanted = own.contains(path) ? path : place_to_open(path, op, entry.directory);
      const std::string place = raise_until_flag(wanted);
      if (place != "/") {
        chosen.places.insert(place);
      } else {
        (wanted == "/" ? root.direct : root.raised)[path].ops.insert(op);
      }
    }
  }
  chosen.root_reason = explain(root);
  if (!chosen.root_reason.empty()) return {{}, chosen.root_reason};
  drop_covered(chosen.places);
  while (join_one_family(chosen.places)) {
  }
  return chosen;
}

}  // namespace profilegen
