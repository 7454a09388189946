// SPDX-License-Identifier: Apache-2.0
#include "files/image_directories.h"

#include <sys/stat.h>

#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>

#include "profilegen/temporary_directory.h"

using namespace profilegen;
namespace fs = std::filesystem;

namespace {
struct Layers {
  TemporaryDirectory scratch = std::move(TemporaryDirectory::create().value());
  std::string upper = scratch.path() + "/upper";
  std::string lower = scratch.path() + "/lower";

  [[nodiscard]] ImageDirectory look(const std::string& path) const { return look_up_in_layers({upper, lower}, path); }
};
}  // namespace

TEST_CASE("a directory has the topmost layer's mode and the content of all") {
  const Layers layers;
  fs::create_directories(layers.upper + "/var/app");
  fs::create_directories(layers.lower + "/var/app");
  std::ofstream(layers.lower + "/var/app/file") << "x";
  chmod((layers.upper + "/var/app").c_str(), 0750);
  const ImageDirectory found = layers.look("/var/app");
  CHECK(found.in_image);
  CHECK(found.has_content);
  CHECK(found.mode == 0750);
  CHECK(found.uid == getuid());
}

TEST_CASE("an empty directory has no content, and one that is not there is not in the image") {
  const Layers layers;
  fs::create_directories(layers.lower + "/empty");
  CHECK(layers.look("/empty").in_image);
  CHECK_FALSE(layers.look("/empty").has_content);
  CHECK_FALSE(layers.look("/none").in_image);
}

TEST_CASE("empty directories are no content, files below them are") {
  const Layers layers;
  fs::create_directories(layers.lower + "/tmp/a/b");
  CHECK_FALSE(layers.look("/tmp").has_content);
  std::ofstream(layers.lower + "/tmp/a/b/file") << "x";
  CHECK(layers.look("/tmp").has_content);
  CHECK(layers.look("/tmp/a").has_content);
}

TEST_CASE("of a written directory without files, the image's directories below are listed, and of /run in any case") {
  const Layers layers;
  fs::create_directories(layers.lower + "/tmp/a/b");
  fs::create_directories(layers.lower + "/run/sshd");
  fs::create_directories(layers.lower + "/srv/full/sub");
  std::ofstream(layers.lower + "/run/file") << "x";
  std::ofstream(layers.lower + "/srv/full/file") << "x";
  FileFacts files;
  for (const char* path : {"/tmp/x", "/run/x", "/srv/full/x"}) files.add(path, FileOp::CREATE, {{}, "/"});
  std::vector<std::string> paths;
  for (const auto& directory : image_directories({&files}, {{"/", "overlay", "overlay", "image", false}},
                                                 {layers.upper, layers.lower}, PathResolver(UniqueFd())))
    paths.push_back(directory.path);
  CHECK(paths == std::vector<std::string>{"/", "/run", "/run/sshd", "/srv", "/srv/full", "/tmp", "/tmp/a", "/tmp/a/b"});
}

TEST_CASE("a file or link in an upper layer hides the directory below it") {
  const Layers layers;
  fs::create_directories(layers.lower + "/var/run/x");
  fs::create_directories(layers.upper + "/var");
  fs::create_symlink("/run", layers.upper + "/var/run");
  CHECK_FALSE(layers.look("/var/run/x").in_image);
}

TEST_CASE("every directory above a write on the image is looked up, and none of other mounts") {
  FileFacts files;
  files.add("/var/lib/app/db", FileOp::CREATE, {{}, "/"});
  files.add("/data/x", FileOp::CREATE, {{}, "/data"});
  files.add("/etc/passwd", FileOp::READ, {{}, "/"});
  const std::vector<Mount> mounts{{"/", "overlay", "overlay", "image", false},
                                  {"/data", "ext4", "db", "volume", false}};
  std::vector<std::string> paths;
  for (const auto& directory : image_directories({&files}, mounts, {}, PathResolver(UniqueFd())))
    paths.push_back(directory.path);
  CHECK(paths == std::vector<std::string>{"/", "/var", "/var/lib", "/var/lib/app"});
}
