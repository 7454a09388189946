// SPDX-License-Identifier: Apache-2.0
#include "files/file_sizes.h"

#include <fcntl.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>

using namespace profilegen;

namespace {

const PathResolver kNowhere{UniqueFd()};

// A container's root.
class Root {
 public:
  Root() { REQUIRE(mkdtemp(path_.data()) != nullptr); }
  Root(const Root&) = delete;
  Root& operator=(const Root&) = delete;
  ~Root() { std::filesystem::remove_all(path_); }

  [[nodiscard]] PathResolver paths() const { return PathResolver(UniqueFd(open(path_.c_str(), O_PATH | O_CLOEXEC))); }
  [[nodiscard]] std::string file(const std::string& name) const { return path_ + name; }
  /// A file of 1 TiB, of which only the beginning exists.
  void make_with_hole(const std::string& name, size_t written) const {
    std::ofstream(file(name)) << std::string(written, 'x');
    std::filesystem::resize_file(file(name), uint64_t{1} << 40);
  }

 private:
  std::string path_ = std::filesystem::temp_directory_path() / "profilegen-sizes.XXXXXX";
};

}  // namespace

TEST_CASE("Each file counts once in its directory, at its largest") {
  FileSizes sizes;
  CHECK(sizes.by_directory().empty());
  sizes.add("/tmp/a", 12, kNowhere);
  sizes.add("/tmp/a", 14, kNowhere);
  sizes.add("/tmp/a", 13, kNowhere);
  sizes.add("/tmp/b", 12, kNowhere);
  sizes.add("/srv/x/c", 20, kNowhere);
  CHECK(sizes.by_directory() == std::vector<DirectorySize>{{"/srv/x", 1 << 20}, {"/tmp", (1 << 14) + (1 << 12)}});
}

TEST_CASE("A file that claims more than there are numbers for is passed over") {
  FileSizes sizes;
  sizes.add("/tmp/sparse", 63, kNowhere);
  CHECK(sizes.by_directory().empty());
  sizes.add("/tmp/sparse", 62, kNowhere);
  CHECK(sizes.by_directory() == std::vector<DirectorySize>{{"/tmp", uint64_t{1} << 62}});
}

TEST_CASE("A large file with holes counts with what it occupies, and with what it occupies in the end") {
  const Root root;
  root.make_with_hole("/a", 20'000);
  FileSizes sizes;
  sizes.add("/a", 40, root.paths());
  CHECK(sizes.by_directory() == std::vector<DirectorySize>{{"/", 1 << 15}});
  std::fstream(root.file("/a")).seekp(1 << 20) << std::string(100'000, 'y') << std::flush;
  sizes.look_again(root.paths());
  CHECK(sizes.by_directory() == std::vector<DirectorySize>{{"/", 1 << 17}});
}

TEST_CASE("Of a large file with holes that is gone in the end no size is known") {
  const Root root;
  root.make_with_hole("/a", 20'000);
  root.make_with_hole("/b", 20'000);
  FileSizes sizes;
  for (const char* name : {"/a", "/b"}) sizes.add(name, 40, root.paths());
  for (const char* name : {"/a", "/b"}) std::filesystem::remove(root.file(name));
  sizes.look_again(root.paths());
  CHECK(sizes.by_directory() == std::vector<DirectorySize>{{"/", uint64_t{1} << 62}});
}
