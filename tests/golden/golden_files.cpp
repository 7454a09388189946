// SPDX-License-Identifier: Apache-2.0
#include "golden_files.h"

#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>
#include <stdexcept>

namespace golden {
namespace {

namespace fs = std::filesystem;

fs::path absolute(const std::string& path) { return fs::path(GOLDEN_FOLDER) / path; }

}  // namespace

std::set<std::string> names_in(const std::string& folder) {
  std::set<std::string> names;
  if (!fs::exists(absolute(folder))) return names;
  for (const auto& entry : fs::directory_iterator(absolute(folder))) names.insert(entry.path().filename());
  return names;
}

std::optional<std::string> read(const std::string& path) {
  std::ifstream file(absolute(path), std::ios::binary);
  if (!file) return std::nullopt;
  return std::string(std::istreambuf_iterator<char>(file), {});
}

void write(const std::string& path, const std::string& text) {
  fs::create_directories(absolute(path).parent_path());
  std::ofstream file(absolute(path), std::ios::binary);
  if (!(file << text) || !file.flush()) throw std::runtime_error("cannot write " + path);
}

void remove(const std::string& path) { fs::remove_all(absolute(path)); }

std::string first_difference(const std::string& expected, const std::string& actual) {
  std::istringstream left(expected);
  std::istringstream right(actual);
  for (int line = 1;; ++line) {
    std::string want;
    std::string have;
    const bool more_wanted = static_cast<bool>(std::getline(left, want));
    const bool more_had = static_cast<bool>(std::getline(right, have));
    if (!more_wanted && !more_had) return "the end of the last line";
    if (want != have || more_wanted != more_had) {
      return "line " + std::to_string(line) + ":\n  approved: " + want + "\n  is:       " + have;
    }
  }
}

}  // namespace golden
