// SPDX-License-Identifier: Apache-2.0
#include "run_description.h"

#include <catch2/catch.hpp>

using namespace profilegen;

namespace {
const MountTable kTable = parse_mountinfo(
    "1 0 0:50 / / rw - overlay overlay rw\n"
    "2 1 0:51 / /proc rw - proc proc rw\n"
    "3 1 254:0 /v/db /data rw - ext4 /dev/vda rw\n"
    "4 1 0:52 / /tmp rw - tmpfs lower rw\n"
    "5 1 0:53 / /tmp rw - tmpfs upper rw\n");

ContainerInfo container() {
  ContainerInfo info;
  info.mounts = {{"volume", "db", "/data", false}};
  return info;
}

std::string origin(const std::vector<Mount>& mounts, const std::string& path) {
  for (const Mount& mount : mounts)
    if (mount.path == path) return mount.origin;
  return "none";
}
}  // namespace

TEST_CASE("mounts are the image's, the engine's or the user's, and the user's are named as the user named them") {
  const auto mounts = describe_mounts(kTable, container());
  CHECK(origin(mounts, "/") == "image");
  CHECK(origin(mounts, "/proc") == "engine");
  CHECK(origin(mounts, "/data") == "volume");
  CHECK(mounts[1].source == "db");
}

TEST_CASE("of mounts stacked on one point the last is seen") {
  size_t found = 0;
  for (const Mount& mount : describe_mounts(kTable, container()))
    if (mount.path == "/tmp" && ++found > 0) CHECK(mount.source == "upper");
  CHECK(found == 1);
}

TEST_CASE("a container that was gone too soon has at least its user's mounts and the engine's") {
  const auto mounts = describe_mounts({}, container());
  CHECK(origin(mounts, "/") == "image");
  CHECK(origin(mounts, "/etc/hosts") == "engine");
  CHECK(origin(mounts, "/data") == "volume");
}
