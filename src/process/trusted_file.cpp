// SPDX-License-Identifier: Apache-2.0
#include "profilegen/process/trusted_file.h"

#include <sys/stat.h>

#include <filesystem>

#include "profilegen/process/small_file.h"

namespace profilegen {
namespace {

namespace fs = std::filesystem;

bool is_theirs(const struct stat& status, uid_t user) { return status.st_uid == 0 || status.st_uid == user; }

/// Of a directory for everybody, such as /tmp, the sticky bit keeps what is root's in its place.
bool is_open_to_others(const struct stat& status, uid_t user) {
  if ((status.st_mode & S_ISVTX) != 0) return false;
  const bool group = (status.st_mode & S_IWGRP) != 0 && status.st_gid != 0 && user == 0;
  return group || (status.st_mode & S_IWOTH) != 0;
}

bool is_trusted_directory(fs::path directory, uid_t user) {
  for (;; directory = directory.parent_path()) {
    struct stat status {};
    if (::lstat(directory.c_str(), &status) != 0 || !S_ISDIR(status.st_mode)) return false;
    if (!is_theirs(status, user) || is_open_to_others(status, user)) return false;
    if (directory == directory.parent_path()) return true;
  }
}

}  // namespace

std::string read_trusted_file(const std::string& path, uid_t user) {
  if (!path.starts_with('/')) return "";
  std::error_code gone;
  const fs::path directory = fs::canonical(fs::path(path).parent_path(), gone);
  if (gone || !is_trusted_directory(directory, user)) return "";
  const std::string file = directory / fs::path(path).filename();
  struct stat status {};
  if (::lstat(file.c_str(), &status) != 0 || !is_theirs(status, user) || (status.st_mode & S_IWOTH) != 0) return "";
  return read_small_file(file);
}

}  // namespace profilegen
