// SPDX-License-Identifier: Apache-2.0
#include "containers/bundles.h"

#include <algorithm>
#include <filesystem>
#include <utility>

#include "profilegen/process/process_status.h"
#include "profilegen/process/trusted_file.h"

namespace profilegen {
namespace {

namespace fs = std::filesystem;

// Read-ahead files of containers that never start are never used. They are all dropped at this number.
constexpr size_t kMostAhead = 1024;

// The process that sets up a container (containerd's shim, conmon) has the bundle as its working directory, wherever
// the engine keeps its bundles.
std::string bundle_of_parent(uint32_t pid, const std::string& id) {
  const std::string parent = status_field(process_status(static_cast<int>(pid)), "PPid");
  std::error_code gone;
  const std::string directory = fs::read_symlink("/proc/" + parent + "/cwd", gone).string();
  return directory.find(id) == std::string::npos ? "" : directory + "/config.json";
}

}  // namespace

Bundles::Files Bundles::read(const std::string& id, uint32_t pid, uint32_t user) {
  Files files;
  const auto read_from = [&](const std::string& path) {
    files.config = read_trusted_file(path, user);
    if (files.config.empty()) return false;
    files.engine = inspect_from_files(files.config, path, id,
                                      [user](const std::string& file) { return read_trusted_file(file, user); });
    return true;
  };
  const auto is_there = [&](const std::string& directory) { return read_from(directory + "/" + id + "/config.json"); };
  const bool roots = user == 0;  // these are of root's engines, whose ids are no user's
  if (roots && std::ranges::any_of(bundle_config_paths(id), read_from)) return files;
  if (roots && std::ranges::any_of(other_directories_, is_there)) return files;
  const fs::path found = bundle_of_parent(pid, id);
  if (read_from(found.string()) && roots && found.parent_path().filename() == id)
    other_directories_.insert(found.parent_path().parent_path().string());
  return files;
}

void Bundles::read_ahead(const std::string& id, uint32_t pid, uint32_t user) {
  Files files = read(id, pid, user);
  if (files.config.empty()) return;
  if (ahead_.size() >= kMostAhead) ahead_.clear();
  ahead_[{user, id}] = std::move(files);
}

void Bundles::give(LiveRun& live, const std::string& id, uint32_t pid, uint32_t user) {
  const auto ahead = ahead_.find({user, id});
  Files files = ahead == ahead_.end() ? read(id, pid, user) : std::move(ahead->second);
  if (ahead != ahead_.end()) ahead_.erase(ahead);
  live.bundle_config = std::move(files.config);
  live.engine_files = std::move(files.engine);
}

}  // namespace profilegen
