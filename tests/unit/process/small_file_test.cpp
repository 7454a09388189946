// SPDX-License-Identifier: Apache-2.0
#include "profilegen/process/small_file.h"

#include <sys/stat.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>

using namespace profilegen;
namespace fs = std::filesystem;

namespace {

class Directory {
 public:
  Directory() { REQUIRE(mkdtemp(path_.data()) != nullptr); }
  Directory(const Directory&) = delete;
  Directory& operator=(const Directory&) = delete;
  ~Directory() { fs::remove_all(path_); }
  [[nodiscard]] std::string file(const std::string& name) const { return path_ + "/" + name; }

 private:
  std::string path_ = fs::temp_directory_path() / "profilegen-small.XXXXXX";
};

void make(const std::string& path, const std::string& text = "") {
  std::ofstream file(path);
  file << text;
}

}  // namespace

TEST_CASE("a file is read whole, whatever size the kernel tells") {
  const Directory directory;
  const std::string text(100'000, 'x');
  make(directory.file("plain"), text);
  CHECK(read_small_file(directory.file("plain")) == text);
  make(directory.file("empty"));
  CHECK(read_small_file(directory.file("empty")).empty());
  CHECK(read_small_file("/proc/self/status").find("Threads:") != std::string::npos);
}

TEST_CASE("a file is read up to the limit, and a longer one not at all") {
  const Directory directory;
  make(directory.file("plain"), std::string(20'000, 'x'));
  CHECK(read_small_file(directory.file("plain"), 20'000).size() == 20'000);
  CHECK(read_small_file(directory.file("plain"), 19'999).empty());
  make(directory.file("sparse"));
  fs::resize_file(directory.file("sparse"), uint64_t{3} << 30U);
  CHECK(read_small_file(directory.file("sparse")).empty());
}

TEST_CASE("what is no regular file is not read, and nobody waits for it") {
  const Directory directory;
  REQUIRE(mkfifo(directory.file("pipe").c_str(), 0600) == 0);
  make(directory.file("plain"), "x");
  fs::create_symlink("plain", directory.file("link"));
  for (const std::string& path : {directory.file("pipe"), directory.file("link"), directory.file(""),
                                  directory.file("none"), std::string("/dev/zero")}) {
    INFO(path);
    CHECK(read_small_file(path).empty());
  }
}
