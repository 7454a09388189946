// SPDX-License-Identifier: Apache-2.0
#include <catch2/catch.hpp>

#include "profilegen/shell_word.h"
#include "support/registry.h"

using namespace profilegen;

namespace {

std::string emitted(const Profile& profile) {
  const Result<std::string> text = emit_mounts({profile, "out"});
  REQUIRE(text);
  return *text;
}

bool contains(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

}  // namespace

TEST_CASE("without holes the root can simply be read-only") {
  CHECK(emitted(Profile{}) == "The root file system can be read-only: --read-only\n");
}

TEST_CASE("each hole is its flag with its reason") {
  Profile profile;
  profile.holes["/run"] = {HoleKind::tmpfs, 0755, 0, 0, false, "create /run/app.pid (+3 more)"};
  profile.holes["/var/lib/app"] = {HoleKind::volume, 0755, 0, 0, false, "write /var/lib/app/db"};
  const std::string text = emitted(profile);
  CHECK(contains(text,
                 "  --tmpfs=/run:rw,nosuid,nodev,noexec,mode=0755,uid=0,gid=0\n"
                 "      create /run/app.pid (+3 more)\n"));
  CHECK(contains(text,
                 "  --volume=/var/lib/app\n      write /var/lib/app/db\n"
                 "      to keep it when the container is removed: --volume=NAME:/var/lib/app\n"));
}

TEST_CASE("a root that must be writable says why") {
  Profile profile;
  profile.read_only_root = false;
  profile.root_reason = "mkdir /data";
  profile.holes["/run"] = {};
  const std::string text = emitted(profile);
  CHECK(contains(text, "The root file system cannot be read-only: mkdir /data\n"));
  CHECK_FALSE(contains(text, "/run"));  // docker.flags has no holes there either
}

TEST_CASE("only mounts that were never written are advised to be read-only") {
  Profile profile;
  profile.mounts["/config"] = {"/etc/app", "bind", false, false};
  profile.mounts["/db"] = {"db", "volume", true, false};
  profile.mounts["/keys"] = {"keys", "volume", false, true};
  profile.mounts["/scratch"] = {"", "tmpfs", false, false};
  const std::string text = emitted(profile);
  CHECK(contains(text, "  -v /etc/app:/config:ro\n"));
  CHECK_FALSE(contains(text, "db:/db:ro"));
  CHECK_FALSE(contains(text, "keys:/keys:ro"));
  CHECK_FALSE(contains(text, "scratch:ro"));
  CHECK(contains(text, "Mounts that were written:\n  /db (volume db)\n"));
  CHECK(contains(text, "Mounts that are read-only already:\n  /keys (volume keys)\n"));
  CHECK(contains(text, "  /scratch (tmpfs)\n"));
}

TEST_CASE("notes and what makes the evidence incomplete are shown") {
  Profile profile;
  profile.notes = {"uses io_uring"};
  profile.incomplete = {"attached late"};
  const std::string text = emitted(profile);
  CHECK(text.starts_with("# incomplete: attached late\n"));
  CHECK(contains(text, "Notes:\n  uses io_uring\n"));
}

TEST_CASE("every path stays on its line and can be pasted into a shell") {
  CHECK(shell_word("/a/b-c_d.e+f:ro") == "/a/b-c_d.e+f:ro");
  CHECK(shell_word("") == "''");
  CHECK(shell_word("/a b/$c") == "'/a b/$c'");
  CHECK(shell_word("/\xc3\xa9t\xc3\xa9") == "'/\xc3\xa9t\xc3\xa9'");
  CHECK(shell_word("/it's") == "$'/it\\'s'");
  CHECK(shell_word("/a\nb\\") == "$'/a\\012b\\\\'");
  CHECK(shell_word("/\xff"
                   "1") == "$'/\\3771'");
}
