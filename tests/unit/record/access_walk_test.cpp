// SPDX-License-Identifier: Apache-2.0
#include "objects/access_walk.h"

#include <sys/stat.h>

#include <catch2/catch.hpp>
#include <map>

using namespace profilegen;

namespace {

constexpr Rights kRootRights{};
const Rights kApp{1000, 1000, {7}};

// A container's files, by path.
class Tree {
 public:
  Tree() { directory("/", 0755, 0, 0); }
  Tree& directory(const std::string& path, mode_t mode, uint32_t user, uint32_t group) {
    files_[path] = {S_IFDIR | mode, user, group};
    return *this;
  }
  Tree& file(const std::string& path, mode_t mode, uint32_t user, uint32_t group) {
    files_[path] = {S_IFREG | mode, user, group};
    return *this;
  }
  Tree& link(const std::string& path, const std::string& target) {
    files_[path] = {S_IFLNK | 0777, 0, 0, target};
    return *this;
  }
  [[nodiscard]] LookAt look() const {
    return [this](const std::string& path) {
      const auto found = files_.find(path);
      return found == files_.end() ? std::nullopt : std::optional(found->second);
    };
  }

 private:
  std::map<std::string, FileStatus> files_;
};

std::string closed_of(const Walk& walk) {
  std::string text;
  for (const Closed& closed : walk.closed) text += (text.empty() ? "" : " ") + closed.path;
  return text;
}

}  // namespace

TEST_CASE("only the first of owner, group and others that applies counts") {
  const FileStatus file{S_IFREG | 0470, 1000, 7};
  CHECK(allows(file, {1000, 1000, {}}, kRead));
  CHECK_FALSE(allows(file, {1000, 7, {}}, kWrite));  // the owner, whose group could
  CHECK(allows(file, {5, 7, {}}, kRead | kWrite | kSearch));
  CHECK(allows(file, {5, 5, {1, 7}}, kWrite));
  CHECK_FALSE(allows(file, {5, 5, {}}, kRead));
  CHECK_FALSE(allows(file, kRootRights, kRead));  // root without capabilities is a user as any other
  CHECK(allows(file, kRootRights, kFind));
}

TEST_CASE("each directory on the way is asked, in its order") {
  Tree tree;
  tree.directory("/srv", 0700, 1000, 1000).directory("/srv/app", 0710, 5, 7).file("/srv/app/x", 0600, 5, 5);
  CHECK(closed_of(walk({"/", "/srv/app/x", "/", true}, kRootRights, tree.look())) == "/srv /srv/app");
  CHECK(closed_of(walk({"/", "/srv/app/x", "/", true}, kApp, tree.look())).empty());
  CHECK(closed_of(walk({"/", "srv/app/x", "/", true}, {1000, 1, {}}, tree.look())) == "/srv/app");
  const Walk way = walk({"/", "/srv//./app/../app/x", "/", true}, kRootRights, tree.look());
  CHECK(closed_of(way) == "/srv /srv/app");
  CHECK(way.path == "/srv/app/x");
  REQUIRE(way.found);
  CHECK(way.found->user == 5);
}

TEST_CASE("what is above the start of a relative name is not asked") {
  Tree tree;
  tree.directory("/srv", 0700, 1000, 1000).directory("/srv/app", 0755, 0, 0).file("/srv/app/x", 0600, 5, 5);
  CHECK(closed_of(walk({"/srv/app", "x", "/", true}, kRootRights, tree.look())).empty());
  CHECK(closed_of(walk({"/srv/app", "../app/x", "/", true}, kRootRights, tree.look())) == "/srv");
  const Walk itself = walk({"/srv/app", "", "/", true}, kRootRights, tree.look());
  CHECK(itself.path == "/srv/app");
  CHECK(closed_of(itself).empty());
}

TEST_CASE("symbolic links are followed, where the call does so, within the root of a chroot") {
  Tree tree;
  tree.directory("/closed", 0700, 1000, 1000).link("/closed/link", "/open/file").directory("/open", 0755, 0, 0);
  tree.file("/open/file", 0644, 0, 0).link("/open/near", "file").link("/open/self", "self");
  const Walk through = walk({"/", "/closed/link", "/", true}, kRootRights, tree.look());
  CHECK(closed_of(through) == "/closed");
  CHECK(through.path == "/open/file");
  CHECK(walk({"/", "/closed/link", "/", false}, kRootRights, tree.look()).path == "/closed/link");
  CHECK(walk({"/open", "near", "/", true}, kRootRights, tree.look()).path == "/open/file");
  CHECK_FALSE(walk({"/open", "self", "/", true}, kRootRights, tree.look()).path.empty());  // ends
  tree.directory("/jail", 0755, 0, 0).link("/jail/link", "/../inside").file("/jail/inside", 0644, 0, 0);
  CHECK(walk({"/", "/link", "/jail", true}, kRootRights, tree.look()).path == "/jail/inside");
}

TEST_CASE("of a way that is gone the rest of the name is kept") {
  Tree tree;
  const Walk way = walk({"/", "/gone/too/x", "/", true}, kRootRights, tree.look());
  CHECK(way.path == "/gone/too/x");
  CHECK_FALSE(way.found);
  CHECK(way.closed.empty());
}
