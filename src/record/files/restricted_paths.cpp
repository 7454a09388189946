// SPDX-License-Identifier: Apache-2.0
#include "files/restricted_paths.h"
#include "profilegen/paths.h"

#include <sys/stat.h>

#include <map>
#include <set>
#include <string>

namespace profilegen {
namespace {

constexpr uint32_t kOwn = 010;  // for operations that only the owner may do; can't be a permission bit for others

uint32_t bits_of(FileOpTraits::Right right) {
  switch (right) {
    case FileOpTraits::Right::read:
      return S_IROTH;
    case FileOpTraits::Right::write:
      return S_IWOTH;
    case FileOpTraits::Right::execute:
      return S_IXOTH;
    case FileOpTraits::Right::own:
      break;
  }
  return kOwn;
}

struct Needs {
  std::map<std::string, uint32_t> bits;  // by path
  std::set<std::string> made;
};

std::string origin_at(const std::vector<Mount>& mounts, const std::string& point) {
  for (const Mount& mount : mounts)
    if (mount.path == point) return mount.origin;
  return "";
}

Needs collect_needs(std::initializer_list<const FileFacts*> facts, const std::vector<Mount>& mounts) {
  Needs needs;
  const auto add = [&](const FileKey& key, const FileFact& fact) {
    const std::string origin = origin_at(mounts, fact.mount);
    if (origin == "engine" || origin.empty()) return;
    const FileOpTraits traits = file_op_traits(key.op);
    if (traits.name == FileOpTraits::Name::makes) needs.made.insert(key.path);
    if (traits.name == FileOpTraits::Name::keeps)
      needs.bits[key.path] |= bits_of(traits.right);
    else if (origin != "image")
      needs.bits[parent_directory(key.path)] |= bits_of(traits.right);
    for (std::string path = parent_directory(key.path); path != "/"; path = parent_directory(path)) {
      uint32_t& bits = needs.bits[path];
      if ((bits & S_IXOTH) != 0) break;
      bits |= S_IXOTH;
    }
  };
  for (const FileFacts* files : facts) files->each(add);
  return needs;
}

}  // namespace

std::vector<RestrictedPath> restricted_paths(std::initializer_list<const FileFacts*> facts,
                                             const std::vector<Mount>& mounts, const PathResolver& container) {
  const Needs needs = collect_needs(facts, mounts);
  std::vector<RestrictedPath> restricted;
  for (const auto& [path, bits] : needs.bits) {
    if (needs.made.contains(path)) continue;
    const auto status = container.status(path);
    if (!status || (bits & ~(status->st_mode & S_IRWXO)) == 0) continue;
    restricted.push_back({path, status->st_mode & 07777, status->st_uid, status->st_gid});
  }
  return restricted;
}

}  // namespace profilegen
