// SPDX-License-Identifier: Apache-2.0
#include "files/earlier_files.h"

#include <fcntl.h>

#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>

#include "profilegen/temporary_directory.h"

using namespace profilegen;
namespace fs = std::filesystem;
using Paths = std::vector<std::string>;

namespace {

const std::set<std::string> kImage{"/"};

FileFact at(uint64_t ns, const std::string& mount = "/") {
  FileFact fact;
  fact.first.ns = ns;
  fact.mount = mount;
  return fact;
}

void write_file(const std::string& path) { std::ofstream(path) << "x"; }

}  // namespace

TEST_CASE("the files of a container's own layer are what earlier starts left") {
  const auto scratch = TemporaryDirectory::create();
  REQUIRE(scratch);
  fs::create_directories(scratch->path() + "/var/lib/app");
  write_file(scratch->path() + "/var/lib/app/db");
  fs::create_symlink("db", scratch->path() + "/var/lib/app/link");
  CHECK(files_of_layer(scratch->path()) == std::set<std::string>{"/var/lib/app/db"});
  CHECK(files_of_layer("").empty());
  CHECK(files_of_layer(scratch->path() + "/none").empty());
}

TEST_CASE("an earlier file counts when it was read before this start wrote it") {
  FileFacts files;
  files.add("/srv/read", FileOp::READ, at(5));
  files.add("/srv/updated", FileOp::READ, at(5));
  files.add("/srv/updated", FileOp::WRITE, at(5));
  files.add("/srv/replaced", FileOp::READ, at(5));
  files.add("/srv/replaced", FileOp::RENAME_TO, at(9));
  files.add("/srv/program", FileOp::EXEC, at(5));
  files.add("/srv/cut", FileOp::READ, at(5));
  files.add("/srv/cut", FileOp::TRUNCATE, at(5));
  files.add("/srv/new", FileOp::READ, at(9));
  files.add("/srv/new", FileOp::UNLINK, at(5));
  files.add("/srv/appended", FileOp::WRITE, at(5));
  files.add("/data/mounted", FileOp::READ, at(5, "/data"));
  files.add("/srv/of-image", FileOp::READ, at(5));
  const std::set<std::string> earlier{"/srv/read", "/srv/updated",  "/srv/replaced", "/srv/program", "/srv/cut",
                                      "/srv/new",  "/srv/appended", "/data/mounted", "/srv/unused"};
  CHECK(reread_files(files, earlier, kImage) == Paths{"/srv/program", "/srv/read", "/srv/replaced", "/srv/updated"});
  CHECK(reread_files(files, {}, kImage).empty());
}

TEST_CASE("a name that was removed and is there again was made again, and where nobody can look it may be") {
  const auto scratch = TemporaryDirectory::create();
  REQUIRE(scratch);
  const std::string& root = scratch->path();
  FileFacts files;
  for (const char* name : {"/again", "/gone"}) {
    files.add(name, FileOp::CREATE, at(1));
    files.add(name, FileOp::UNLINK, at(2));
  }
  files.add("/again", FileOp::CREATE, at(3));
  files.add("/moved", FileOp::RENAME_TO, at(1));  // and perhaps once more, which was not told
  files.add("/moved", FileOp::UNLINK, at(2));
  files.add("/kept", FileOp::CREATE, at(1));
  write_file(root + "/again");
  write_file(root + "/kept");
  const PathResolver container(UniqueFd(open(root.c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC)));
  CHECK(remade_names(files, root, kImage, container) == Paths{"/again"});
  CHECK(remade_names(files, "", kImage, container) == Paths{"/again"});
  CHECK(remade_names(files, root + "/none", kImage, container) == Paths{"/again", "/moved"});
  CHECK(remade_names(files, root, kImage, PathResolver(UniqueFd())) == Paths{"/again", "/moved"});
}
