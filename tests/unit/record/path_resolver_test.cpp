// SPDX-License-Identifier: Apache-2.0
#include "paths/path_resolver.h"

#include <fcntl.h>

#include <catch2/catch.hpp>
#include <filesystem>

#include "profilegen/temporary_directory.h"

using namespace profilegen;
namespace fs = std::filesystem;

namespace {

PathResolver resolver_at(const std::string& root) {
  return PathResolver(UniqueFd(open(root.c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC)));
}

}  // namespace

TEST_CASE("a directory that is removed while its name is looked up keeps its name") {
  const auto scratch = TemporaryDirectory::create();
  REQUIRE(scratch);
  const std::string directory = fs::canonical(scratch->path()) / "gone";
  fs::create_directory(directory);
  const PathResolver in_it = resolver_at(directory);
  fs::remove(directory);
  CHECK(in_it.resolve("/", ".", "", true) == directory);
  CHECK(in_it.resolve("/", "./file", "", false) == directory + "/file");
}

TEST_CASE("a directory may be called as the kernel calls a removed one") {
  const auto scratch = TemporaryDirectory::create();
  REQUIRE(scratch);
  const std::string directory = fs::canonical(scratch->path()) / "x (deleted)";
  fs::create_directory(directory);
  CHECK(resolver_at("/").resolve(directory, ".", "", true) == directory);
  CHECK(resolver_at("/").resolve(directory, "file", "", false) == directory + "/file");
}
