// SPDX-License-Identifier: Apache-2.0
#include "files/image_directories.h"
#include "profilegen/paths.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <sys/xattr.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <set>
#include <system_error>

namespace profilegen {
namespace {

namespace fs = std::filesystem;

using Directories = std::map<std::string, ImageDirectory>;

bool is_whiteout(const struct stat& status) { return S_ISCHR(status.st_mode) && status.st_rdev == makedev(0, 0); }

bool is_opaque(const std::string& path) {
  char value = 0;
  return lgetxattr(path.c_str(), "trusted.overlay.opaque", &value, 1) == 1 && value == 'y';
}

enum class Found { nothing, directory, hidden };

// Looks a directory up in one layer. If the path meets a whiteout, a link or a file there, lower layers are hidden.
Found look(const std::string& layer, const std::string& path, struct stat& status, bool& last) {
  for (size_t end = path.find('/', 1);; end = path.find('/', end + 1)) {
    const std::string place = layer + path.substr(0, end);
    if (lstat(place.c_str(), &status) != 0) return Found::nothing;
    if (is_whiteout(status) || !S_ISDIR(status.st_mode)) return Found::hidden;
    last |= is_opaque(place);
    if (end == std::string::npos) return Found::directory;
  }
}

// The names that a directory shows, and whether each is a directory.
using Names = std::map<std::string, bool>;

// Adds the names in one layer's directory: those it shows, and those it hides in lower layers.
void collect_names(const std::string& directory, Names& shown, std::set<std::string>& hidden) {
  std::error_code failed;
  for (fs::directory_iterator entry(directory, failed), end; !failed && entry != end; entry.increment(failed)) {
    struct stat status {};
    if (lstat(entry->path().c_str(), &status) != 0) continue;
    const std::string name = entry->path().filename();
    if (is_whiteout(status))
      hidden.insert(name);
    else if (hidden.count(name) == 0)
      shown.emplace(name, S_ISDIR(status.st_mode));
  }
}

void set_attributes(ImageDirectory& directory, const struct stat& status) {
  directory.mode = status.st_mode & 07777;
  directory.uid = status.st_uid;
  directory.gid = status.st_gid;
}

ImageDirectory look_up_in_container(const PathResolver& container, const std::string& path) {
  ImageDirectory directory;
  directory.path = path;
  const auto status = container.status(path);
  if (!status || !S_ISDIR(status->st_mode)) return directory;
  directory.in_image = true;
  set_attributes(directory, *status);
  const auto is_empty = [](const UniqueFd& fd) {
    std::error_code failed;
    return fs::is_empty("/proc/self/fd/" + std::to_string(fd.get()) + "/.", failed) && !failed;
  };
  // If the directory can't be read, because the engine already removed the container's layer, it is assumed to have
  // content.
  directory.has_content = !container.look_at(path, is_empty).value_or(false);
  return directory;
}

// Looks up one directory, without `has_content`.
ImageDirectory look_up_names(const std::vector<std::string>& layers, const std::string& path, Names& shown) {
  ImageDirectory directory;
  directory.path = path;
  std::set<std::string> hidden;
  for (const std::string& layer : layers) {
    struct stat status {};
    bool last = false;
    const Found found = look(layer, path, status, last);
    if (found == Found::hidden) break;
    if (found == Found::nothing) continue;
    if (!directory.in_image) set_attributes(directory, status);
    directory.in_image = true;
    collect_names(layer + path, shown, hidden);
    if (last) break;
  }
  return directory;
}

std::string child_of(const std::string& path, const std::string& name) {
  return (path == "/" ? "" : path) + "/" + name;
}

// More directories than are looked at count as files: nobody would want a mount for each.
constexpr size_t kMostLookedAt = 64;

bool has_files(const std::vector<std::string>& layers, const std::string& path, const Names& names, size_t& budget) {
  if (std::ranges::any_of(names, [](const auto& name) { return !name.second; })) return true;
  return std::ranges::any_of(names, [&](const auto& name) {
    if (budget == 0) return true;
    --budget;
    Names inner;
    const std::string place = child_of(path, name.first);
    look_up_names(layers, place, inner);
    return has_files(layers, place, inner, budget);
  });
}

// Adds the directories that the image has below this one.
void add_below(const std::vector<std::string>& layers, const std::string& path, Directories& directories,
               size_t& budget) {
  Names names;
  look_up_names(layers, path, names);
  for (const auto& [name, is_directory] : names) {
    if (!is_directory || budget == 0) continue;
    --budget;
    const std::string place = child_of(path, name);
    directories.try_emplace(place, look_up_in_layers(layers, place));
    add_below(layers, place, directories, budget);
  }
}

// Made by the engine (for WORKDIR) or by the application, if it is not in a layer: then owner and mode are taken from
// the container.
ImageDirectory look_up_anywhere(const std::vector<std::string>& layers, const PathResolver& container,
                                const std::string& path) {
  ImageDirectory found = layers.empty() ? ImageDirectory{} : look_up_in_layers(layers, path);
  if (found.in_image) return found;
  found = look_up_in_container(container, path);
  found.path = path;
  if (!layers.empty()) found.in_image = found.has_content = false;
  return found;
}

bool is_run(const std::string& path) { return is_at_or_below(path, "/run") || is_at_or_below(path, "/var/run"); }

}  // namespace

ImageDirectory look_up_in_layers(const std::vector<std::string>& layers, const std::string& path) {
  Names names;
  ImageDirectory directory = look_up_names(layers, path, names);
  size_t budget = kMostLookedAt;
  directory.has_content = has_files(layers, path, names, budget);
  return directory;
}

std::set<std::string> image_mounts(const std::vector<Mount>& mounts) {
  std::set<std::string> images;
  for (const Mount& mount : mounts)
    if (mount.origin == "image") images.insert(mount.path);
  return images;
}

std::vector<ImageDirectory> image_directories(std::initializer_list<const FileFacts*> facts,
                                              const std::vector<Mount>& mounts, const std::vector<std::string>& layers,
                                              const PathResolver& container) {
  const std::set<std::string> images = image_mounts(mounts);
  std::set<std::string> paths;
  std::set<std::string> written;  // the directories in which something was written
  const auto add = [&](const FileKey& key, const FileFact& fact) {
    if ((!file_op_writes(key.op) && key.op != FileOp::ASK_WRITE) || images.count(fact.mount) == 0) return;
    if (fact.directory) paths.insert(key.path);
    if (fact.directory) written.insert(key.path);
    written.insert(parent_directory(key.path));
    for (std::string path = parent_directory(key.path); paths.insert(path).second && path != "/";)
      path = parent_directory(path);
  };
  for (const FileFacts* files : facts) files->each(add);
  Directories directories;
  for (const std::string& path : paths) directories.emplace(path, look_up_anywhere(layers, container, path));
  for (const std::string& path : written) {
    size_t budget = kMostLookedAt;
    const auto known = directories.find(path);
    const bool has_files = known == directories.end() || known->second.has_content;
    if (!has_files || is_run(path)) add_below(layers, path, directories, budget);
  }
  std::vector<ImageDirectory> sorted;
  for (auto& [path, directory] : directories) sorted.push_back(std::move(directory));
  return sorted;
}

}  // namespace profilegen
