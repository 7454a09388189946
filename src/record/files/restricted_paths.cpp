// SPDX-License-Identifier: Apache-2.0
#include "files/restricted_paths.h"

#include <sys/stat.h>

#include <map>
#include <set>
#include <string>

#include "paths/lexical_path.h"

namespace profilegen {
namespace {

constexpr uint32_t kOwn = 010;  // for operations that only the owner may do; can't be a permission bit for others

enum class Effect : uint8_t { file, makes, entry };

struct Need {
  Effect effect;
  uint32_t bits;  // that the file needs, or for an entry its directory
};

Need need_of(FileOp op) {
  switch (op) {
    case FileOp::READ:
    case FileOp::LINK_FROM:
    case FileOp::LOCK:
    case FileOp::MAP_EXEC:
      return {Effect::file, S_IROTH};
    case FileOp::WRITE:
    case FileOp::TRUNCATE:
    case FileOp::ALLOCATE:
    case FileOp::XATTR:
    case FileOp::CONNECT:
    case FileOp::CHMOD:
    case FileOp::CHOWN:
    case FileOp::UTIME:
    case FileOp::SETFLAGS:
      return {Effect::file, kOwn};
    case FileOp::EXEC:
    case FileOp::EXEC_SETID:
      return {Effect::file, S_IXOTH};
    case FileOp::CREATE:
    case FileOp::MKDIR:
    case FileOp::RENAME_TO:
    case FileOp::LINK_TO:
    case FileOp::SYMLINK:
    case FileOp::MKNOD:
    case FileOp::BIND:
      return {Effect::makes, S_IWOTH};
    case FileOp::TMPFILE:
    case FileOp::MOVE_BELOW:
      return {Effect::file, S_IWOTH};
    case FileOp::RMDIR:
    case FileOp::UNLINK:
    case FileOp::RENAME_FROM:
      return {Effect::entry, S_IWOTH};
  }
  return {Effect::file, 0};
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
    const Need need = need_of(key.op);
    if (need.effect == Effect::makes) needs.made.insert(key.path);
    if (need.effect == Effect::file)
      needs.bits[key.path] |= need.bits;
    else if (origin != "image")
      needs.bits[parent_of(key.path)] |= need.bits;
    for (std::string path = parent_of(key.path); path != "/"; path = parent_of(path)) {
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
    const UniqueFd fd = container.open(path);
    struct stat status {};
    if (!fd || fstat(fd.get(), &status) != 0 || (bits & ~(status.st_mode & S_IRWXO)) == 0) continue;
    restricted.push_back({path, status.st_mode & 07777, status.st_uid, status.st_gid});
  }
  return restricted;
}

}  // namespace profilegen
