// SPDX-License-Identifier: Apache-2.0
#include "support/path_node.h"

#include <catch2/catch.hpp>

using namespace profilegen;
using namespace profilegen::report;

namespace {

Trace with(const std::vector<std::pair<std::string, FileOp>>& changes) {
  Trace trace;
  for (const auto& [path, op] : changes) trace.files[{path, op}];
  return trace;
}

}  // namespace

TEST_CASE("The tree counts changed paths, and leaves reads out") {
  const Trace trace = with({{"/etc/hosts", FileOp::READ},
                            {"/var/lib/app/a", FileOp::CREATE},
                            {"/var/lib/app/a", FileOp::WRITE},
                            {"/var/lib/app/b", FileOp::CREATE},
                            {"/var/lib/app.lock", FileOp::CREATE}});
  const PathNode root = changes_of(trace);
  CHECK(root.changed == 3);
  REQUIRE(root.children.size() == 1);
  const PathNode& lib = root.children[0];
  CHECK(lib.name == "var/lib");
  CHECK(lib.path == "/var/lib");
  REQUIRE(lib.children.size() == 2);
  CHECK(lib.children[0].name == "app");
  CHECK(lib.children[0].children.size() == 2);
  CHECK(lib.children[0].children[0].operations.size() == 2);
  CHECK(lib.children[1].name == "app.lock");
}

TEST_CASE("A directory that was changed itself is counted once, beside what is below") {
  const PathNode root = changes_of(with({{"/srv", FileOp::MKDIR}, {"/srv/a", FileOp::CREATE}, {"/", FileOp::CHMOD}}));
  CHECK(root.changed == 3);
  CHECK(root.operations.size() == 1);
  CHECK(root.children[0].operations.size() == 1);
}

TEST_CASE("A path lies on the nearest mount above it") {
  Profile profile;
  profile.container = true;
  profile.holes["/run"] = {};
  profile.holes["/var/lib"].kind = HoleKind::volume;
  profile.mounts["/data"] = {"web-data", "volume", true, false};
  const Places places(profile);
  CHECK(places.of("/run/app/pid").label == "tmpfs");
  CHECK(places.of("/running").label == "read-only root");
  CHECK(places.of("/var/lib/x").label == "volume");
  CHECK(places.of("/data").label == "volume web-data");
  CHECK(places.of("/").label == "read-only root");
  profile.read_only_root = false;
  CHECK(Places(profile).of("/run/x").label == "writable root");
}
