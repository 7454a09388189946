// SPDX-License-Identifier: Apache-2.0
#include "files/permissions.h"

#include <linux/capability.h>
#include <unistd.h>

#include <catch2/catch.hpp>

using namespace profilegen;

namespace {

Guarded file(uint32_t mode, uint32_t owner, uint32_t group) {
  Guarded made;
  made.status.st_mode = mode;
  made.status.st_uid = owner;
  made.status.st_gid = group;
  return made;
}

constexpr uint32_t kFile = S_IFREG;
constexpr uint32_t kDirectory = S_IFDIR;

const Rights kUser{.user = 1000, .group = 1000, .groups = {44}};
const Rights kRoot{.capabilities = ~uint64_t{0}};

std::string entry(uint16_t tag, uint16_t ways, uint32_t id) {
  std::string bytes;
  for (const uint32_t part : {uint32_t{tag} | uint32_t{ways} << 16, id})
    for (int shift = 0; shift < 32; shift += 8) bytes += static_cast<char>(part >> shift & 0xff);
  return bytes;
}

// An access list of u::rw-, u:USER, g::r--, g:GROUP, mask, o::r--
std::string acl(uint32_t user, uint16_t user_ways, uint32_t group, uint16_t group_ways, uint16_t mask) {
  const uint32_t none = 0xffffffff;
  return std::string("\2\0\0\0", 4) + entry(1, 6, none) + entry(2, user_ways, user) + entry(4, 4, none) +
         entry(8, group_ways, group) + entry(16, mask, none) + entry(32, 4, none);
}

}  // namespace

TEST_CASE("The bits of the owner, the group or others count, and only these") {
  CHECK(may_access(kUser, file(kFile | 0200, 1000, 0), W_OK));
  CHECK_FALSE(may_access(kUser, file(kFile | 0066, 1000, 1000), W_OK));
  CHECK(may_access(kUser, file(kFile | 0020, 0, 1000), W_OK));
  CHECK(may_access(kUser, file(kFile | 0020, 0, 44), W_OK));
  CHECK_FALSE(may_access(kUser, file(kFile | 0606, 0, 44), W_OK));
  CHECK(may_access(kUser, file(kFile | 0002, 0, 0), W_OK));
  CHECK_FALSE(may_access(kUser, file(kDirectory | 0755, 0, 0), W_OK | X_OK));
  CHECK_FALSE(may_access(kUser, file(kDirectory | 0002, 0, 0), W_OK | X_OK));
}

TEST_CASE("A thread in more groups than are known may be in the file's") {
  Rights user = kUser;
  CHECK_FALSE(may_access(user, file(kFile | 0020, 0, 5), W_OK));
  user.more_groups = true;
  CHECK(may_access(user, file(kFile | 0020, 0, 5), W_OK));
}

TEST_CASE("Capabilities override permissions, but none replaces a file's last execute bit") {
  const Rights searching{.user = 5, .capabilities = uint64_t{1} << CAP_DAC_READ_SEARCH};
  CHECK(may_access(kRoot, file(kFile | 0000, 5, 5), W_OK));
  CHECK_FALSE(may_access(kRoot, file(kFile | 0666, 0, 0), X_OK));
  CHECK(may_access(kRoot, file(kFile | 0001, 0, 0), X_OK));
  CHECK(may_access(kRoot, file(kDirectory | 0000, 5, 5), W_OK | X_OK));
  CHECK(may_access(searching, file(kFile | 0000, 6, 6), R_OK));
  CHECK_FALSE(may_access(searching, file(kFile | 0000, 6, 6), W_OK));
}

TEST_CASE("An access list decides for all but the owner, under its mask") {
  Guarded listed = file(kFile | 0664, 0, 5);
  listed.acl = acl(1000, 6, 44, 6, 6);
  CHECK(may_access(kUser, listed, W_OK));
  CHECK(may_access({.user = 7, .group = 44}, listed, W_OK));
  CHECK_FALSE(may_access({.user = 7, .group = 7}, listed, W_OK));
  listed.acl = acl(1000, 6, 44, 6, 4);
  CHECK_FALSE(may_access(kUser, listed, W_OK));
  listed.acl = acl(1000, 4, 44, 6, 6);
  CHECK_FALSE(may_access(kUser, listed, W_OK));  // the entry of the user comes before those of groups
}

TEST_CASE("In a sticky directory only owners remove files") {
  const Guarded sticky = file(kDirectory | 01777, 0, 0);
  CHECK(may_remove(kUser, sticky, file(kFile, 1000, 0)));
  CHECK_FALSE(may_remove(kUser, sticky, file(kFile | 0777, 0, 0)));
  CHECK(may_remove(kUser, file(kDirectory | 0777, 0, 0), file(kFile, 0, 0)));
  CHECK(may_remove(kRoot, sticky, file(kFile, 7, 7)));
}

TEST_CASE("A file's mode, owner and times are changed by its owner") {
  const Guarded own = file(kFile | 0444, 1000, 0);
  const Guarded other = file(kFile | 0644, 0, 0);
  for (const FileOp op : {FileOp::CHMOD, FileOp::CHOWN, FileOp::UTIME, FileOp::XATTR, FileOp::SETFLAGS}) {
    CHECK(may_change(kUser, own, op));
    CHECK_FALSE(may_change(kUser, other, op));
    CHECK(may_change(kRoot, own, op));
  }
  CHECK_FALSE(may_change(kUser, own, FileOp::WRITE));
  CHECK(may_change(kUser, file(kFile | 0666, 0, 0), FileOp::UTIME));
}

TEST_CASE("Root that lacks only what its container lacks would have it in another; whoever gave some up would not") {
  pg_rights_event event{};
  event.bounding = event.effective = 1U << CAP_CHOWN;
  CHECK(rights_of(event, 0).has(CAP_DAC_OVERRIDE));
  event.effective = 0;
  CHECK_FALSE(rights_of(event, 0).has(CAP_DAC_OVERRIDE));
  event.bounding = 0;
  CHECK(rights_of(event, 0).has(CAP_DAC_OVERRIDE));
  event.user = 1000;
  CHECK_FALSE(rights_of(event, 0).has(CAP_DAC_OVERRIDE));
  CHECK(rights_of(event, 1000).has(CAP_DAC_OVERRIDE));  // root of a user namespace
  event.group_count = PG_GROUPS + 1;
  CHECK(rights_of(event, 0).more_groups);
  CHECK(rights_of(event, 0).groups.size() == PG_GROUPS);
}
