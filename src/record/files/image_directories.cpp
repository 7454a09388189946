// SPDX-License-Identifier: Apache-2.0
#include "files/image_directories.h"
#include "profilegen/paths.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <sys/xattr.h>

#include <algorithm>
#include <filesystem>
#include <set>
#include <system_error>

namespace profilegen {
namespace {

namespace fs = std::filesystem;

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

// Adds the names in one layer's directory: those it shows, and those it hides in lower layers.
void collect_names(const std::string& directory, std::set<std::string>& shown, std::set<std::string>& hidden) {
  std::error_code ignored;
  for (const auto& entry : fs::directory_iterator(directory, ignored)) {
    struct stat status {};
    if (lstat(entry.path().c_str(), &status) != 0) continue;
    const std::string name = entry.path().filename();
    if (is_whiteout(status))
      hidden.insert(name);
    else if (hidden.count(name) == 0)
      shown.insert(name);
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
  const UniqueFd fd = container.open(path);
  struct stat status {};
  if (!fd || fstat(fd.get(), &status) != 0 || !S_ISDIR(status.st_mode)) return directory;
  directory.in_image = true;
  set_attributes(directory, status);
  std::error_code failed;
  // If the directory can't be read, because the engine already removed the container's layer, it is assumed to have
  // content.
  directory.has_content = !fs::is_empty("/proc/self/fd/" + std::to_string(fd.get()) + "/.", failed) || failed;
  return directory;
}

}  // namespace

ImageDirectory look_up_in_layers(const std::vector<std::string>& layers, const std::string& path) {
  ImageDirectory directory;
  directory.path = path;
  std::set<std::string> shown;
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
  directory.has_content = !shown.empty();
  return directory;
}

std::vector<ImageDirectory> image_directories(std::initializer_list<const FileFacts*> facts,
                                              const std::vector<Mount>& mounts, const std::vector<std::string>& layers,
                                              const PathResolver& container) {
  std::set<std::string> images;
  for (const Mount& mount : mounts)
    if (mount.origin == "image") images.insert(mount.path);

  std::set<std::string> paths;
  const auto add = [&](const FileKey& key, const FileFact& fact) {
    if (!file_op_writes(key.op) || images.count(fact.mount) == 0) return;
    if (fact.directory) paths.insert(key.path);
    for (std::string path = parent_directory(key.path); paths.insert(path).second && path != "/";)
      path = parent_directory(path);
  };
  for (const FileFacts* files : facts) files->each(add);
  std::vector<ImageDirectory> directories;
  for (const std::string& path : paths) {
    ImageDirectory found = layers.empty() ? ImageDirectory{} : look_up_in_layers(layers, path);
    if (!found.in_image) {
      // Made by the engine (for WORKDIR) or by the application, so owner and mode are taken from the container.
      ImageDirectory now = look_up_in_container(container, path);
      now.path = path;
      if (!layers.empty()) now.in_image = now.has_content = false;
      found = now;
    }
    directories.push_back(std::move(found));
  }
  return directories;
}

}  // namespace profilegen
