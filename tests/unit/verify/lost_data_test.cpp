// SPDX-License-Identifier: Apache-2.0
#include <catch2/catch.hpp>

#include "profilegen/verify.h"

using namespace profilegen;

namespace {

const RunId kRun = "0123456789abcdef";

/// A run under a policy with a tmpfs at /srv/data and at /tmp, and a volume at /var/lib/app.
struct Stopped {
  Profile profile;
  Trace run;
  std::map<FileKey, FileFact> files;

  Stopped() {
    profile.holes["/srv/data"] = {.size = 64 << 20};
    profile.holes["/tmp"] = {};
    profile.holes["/var/lib/app"] = {.kind = HoleKind::volume};
    run.runs[kRun].subject.engine = "docker";
  }
  Stopped& did(FileOp op, const std::string& path) {
    files[{path, op}].runs.insert(kRun);
    return *this;
  }
  [[nodiscard]] std::vector<LostData> lost() const { return lost_at_stop(profile, run, rows()); }
  [[nodiscard]] FileRows rows() const {
    return [held = files](const FileRow& row) {
      for (const auto& [key, fact] : held) row(key, fact);
    };
  }
};

}  // namespace

TEST_CASE("What a stop must not lose and a tmpfs of the policy held is lost") {
  const auto lost = Stopped().did(FileOp::CREATE, "/srv/data/state").lost();
  REQUIRE(lost.size() == 1);
  CHECK(lost[0].hole == "/srv/data");
  CHECK(lost[0].file == "/srv/data/state");
  CHECK(Stopped().did(FileOp::RENAME_TO, "/srv/data/state").lost().size() == 1);
}

TEST_CASE("What was removed, only read, in a temporary place, in a volume or elsewhere is not lost") {
  CHECK(Stopped().did(FileOp::CREATE, "/srv/data/x").did(FileOp::UNLINK, "/srv/data/x").lost().empty());
  CHECK(Stopped().did(FileOp::READ, "/srv/data/x").lost().empty());
  CHECK(Stopped().did(FileOp::BIND, "/srv/data/sock").lost().empty());
  CHECK(Stopped().did(FileOp::MKDIR, "/srv/data/x").lost().empty());
  CHECK(Stopped().did(FileOp::CREATE, "/srv/data/cache/x").lost().empty());
  for (const char* path : {"/tmp/x", "/var/lib/app/x", "/srv/database", "/out/x"})
    CHECK(Stopped().did(FileOp::CREATE, path).lost().empty());
  Stopped writable;
  writable.profile.read_only_root = false;
  CHECK(writable.did(FileOp::CREATE, "/srv/data/state").lost().empty());
}

TEST_CASE("A place with lost data becomes a volume, and nothing else changes") {
  const Stopped stopped = Stopped().did(FileOp::CREATE, "/srv/data/state");
  const Profile kept = keep_data(stopped.profile, stopped.lost());
  const Hole& hole = kept.holes.at("/srv/data");
  CHECK(hole.kind == HoleKind::volume);
  CHECK(hole.size == 0);
  CHECK(hole.reason == "/srv/data/state was lost at a restart");
  Profile same = kept;
  same.holes["/srv/data"] = stopped.profile.holes.at("/srv/data");
  CHECK(same == stopped.profile);
}

TEST_CASE("The places that a stop empties are those of the policy's tmpfs that were changed") {
  const Stopped stopped =
      Stopped().did(FileOp::CREATE, "/tmp/a/b").did(FileOp::READ, "/srv/data/x").did(FileOp::CREATE, "/var/lib/app/x");
  CHECK(emptied_at_stop(stopped.profile, stopped.rows()) == std::vector<std::string>{"/tmp"});
}
