// SPDX-License-Identifier: Apache-2.0
#include "profilegen/paths.h"

namespace profilegen {

std::string parent_directory(std::string_view path) {
  const size_t slash = path.rfind('/');
  if (slash == std::string_view::npos || slash == 0) return "/";
  return std::string(path.substr(0, slash));
}

bool is_below(std::string_view path, std::string_view directory) {
  if (directory == "/") return path.size() > 1 && path.front() == '/';
  return path.size() > directory.size() && path.starts_with(directory) && path[directory.size()] == '/';
}

bool is_at_or_below(std::string_view path, std::string_view directory) {
  return path == directory || is_below(path, directory);
}

// Python writes NAME.pyc.NUMBER first and renames it; version 2 put NAME.pyc beside the module.
bool is_python_bytecode(std::string_view path) {
  constexpr std::string_view directory = "/__pycache__";
  const size_t at = path.find(directory);
  if (at != std::string_view::npos && (at + directory.size() == path.size() || path[at + directory.size()] == '/'))
    return true;
  const size_t last = path.find_last_not_of("0123456789");
  if (last != std::string_view::npos && last + 1 < path.size() && path[last] == '.') path = path.substr(0, last);
  return path.ends_with(".pyc") || path.ends_with(".pyo");
}

}  // namespace profilegen
