// SPDX-License-Identifier: Apache-2.0
#include "profilegen/process/trusted_file.h"

#include <sys/stat.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>

using namespace profilegen;
namespace fs = std::filesystem;

namespace {

/// A directory in a sticky one, with a file in a directory of its own.
struct Place {
  std::string root;
  Place() {
    std::string pattern = (fs::temp_directory_path() / "trusted-XXXXXX").string();
    root = mkdtemp(pattern.data());
    fs::create_directory(root + "/inner");
    std::ofstream(root + "/inner/config.json") << "text";
  }
  ~Place() { fs::remove_all(root); }
  Place(const Place&) = delete;
  Place& operator=(const Place&) = delete;
  [[nodiscard]] std::string file() const { return root + "/inner/config.json"; }
};

constexpr uid_t kOther = 4711;

}  // namespace

TEST_CASE("a file is believed if it and all above it are the user's or root's") {
  const Place place;
  CHECK(read_trusted_file(place.file(), getuid()) == "text");
  if (getuid() != 0) {
    CHECK(read_trusted_file(place.file()).empty());
    return;
  }
  CHECK(read_trusted_file(place.file()) == "text");
  for (const std::string& path : {place.file(), place.root + "/inner", place.root}) {
    CAPTURE(path);
    REQUIRE(chown(path.c_str(), kOther, 0) == 0);
    CHECK(read_trusted_file(place.file()).empty());
    CHECK(read_trusted_file(place.file(), kOther) == "text");
    CHECK(read_trusted_file(place.file(), kOther + 1).empty());
    REQUIRE(chown(path.c_str(), 0, 0) == 0);
  }
}

TEST_CASE("a file is not believed if others can change or replace it, or lead there") {
  const Place place;
  const uid_t own = getuid();
  for (const std::string& path : {place.file(), place.root + "/inner", place.root}) {
    CAPTURE(path);
    const fs::perms before = fs::status(path).permissions();
    fs::permissions(path, fs::perms::others_write, fs::perm_options::add);
    CHECK(read_trusted_file(place.file(), own).empty());
    fs::permissions(path, before);
    CHECK(read_trusted_file(place.file(), own) == "text");
  }
  fs::create_symlink(place.file(), place.root + "/link");
  CHECK(read_trusted_file(place.root + "/link", own).empty());
  CHECK(read_trusted_file("inner/config.json", own).empty());
  CHECK(read_trusted_file(place.root + "/none/config.json", own).empty());
}
