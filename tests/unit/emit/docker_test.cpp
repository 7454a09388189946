// SPDX-License-Identifier: Apache-2.0
#include <catch2/catch.hpp>

#include "engine_profile.h"
#include "support/registry.h"

using namespace profilegen;

namespace {

std::string flags(const Profile& profile, const std::string& directory = "out") {
  const Result<std::string> text = emit_docker({profile, directory});
  REQUIRE(text);
  return *text;
}

Error refused(const Profile& profile, const std::string& directory) {
  const Result<std::string> text = emit_docker({profile, directory});
  REQUIRE_FALSE(text);
  return text.error();
}

}  // namespace

TEST_CASE("the least container needs four flags") {
  CHECK(flags(container()) == "--security-opt=seccomp=out/seccomp.json\n--cap-drop=ALL\n--read-only\n");
}

TEST_CASE("the directory is used as it was given") {
  CHECK(has_line(flags(container(), "a/b/"), "--security-opt=seccomp=a/b/seccomp.json"));
  CHECK(has_line(flags(container(), "/"), "--security-opt=seccomp=/seccomp.json"));
  CHECK(has_line(flags(container(), "."), "--security-opt=seccomp=./seccomp.json"));
}

TEST_CASE("directories that the shell would change are refused with advice") {
  for (const std::string directory : {"my out", "out\t", "out\n", "o*t", "o?t", "[out]", "a\\b"}) {
    INFO(directory);
    CHECK(refused(container(), directory).object == directory);
    CHECK(refused(container(), directory).hint == "choose another -o");
  }
  CHECK(refused(container(), "").hint.find("-o") != std::string::npos);
}

TEST_CASE("a process tree has no docker flags") {
  CHECK(refused(Profile{}, "out").hint == "record a container, or pass --runtime");
  CHECK_FALSE(emit_docker_apparmor({Profile{}, "out"}));
}

TEST_CASE("privileges are what was recorded") {
  Profile profile = container();
  profile.no_new_privileges = true;
  profile.capabilities = {"NET_BIND_SERVICE", "CHOWN", "#63"};
  const std::string text = flags(profile);
  CHECK(has_line(text, "--security-opt=no-new-privileges"));
  CHECK(text.find("--cap-drop=ALL\n--cap-add=CHOWN\n--cap-add=NET_BIND_SERVICE\n") != std::string::npos);
  CHECK(text.find('#') == std::string::npos);
}

TEST_CASE("a tmpfs always names its mode and owner") {
  Profile profile = container();
  profile.holes["/run"] = {HoleKind::tmpfs, 0755, 33, 44, false, ""};
  profile.holes["/tmp"] = {HoleKind::tmpfs, 01777, 0, 0, true, ""};
  const std::string text = flags(profile);
  CHECK(has_line(text, "--tmpfs=/run:rw,nosuid,nodev,noexec,mode=0755,uid=33,gid=44"));
  CHECK(has_line(text, "--tmpfs=/tmp:rw,nosuid,nodev,exec,mode=1777,uid=0,gid=0"));
}

TEST_CASE("a hole with content is an anonymous volume") {
  Profile profile = container();
  profile.holes["/var/lib/app"] = {HoleKind::volume, 0755, 0, 0, false, ""};
  CHECK(has_line(flags(profile), "--volume=/var/lib/app"));
}

TEST_CASE("a root that is written stays writable, without holes") {
  Profile profile = container();
  profile.read_only_root = false;
  profile.holes["/run"] = {};
  const std::string text = flags(profile);
  CHECK(text.find("--read-only") == std::string::npos);
  CHECK(text.find("/run") == std::string::npos);
}

TEST_CASE("the user's own mounts are never repeated") {
  Profile profile = container();
  profile.mounts["/data"] = {"data", "volume", true, false};
  CHECK(flags(profile).find("data") == std::string::npos);
}

TEST_CASE("a hole that flags cannot express is refused by name") {
  for (const std::string path : {"/a b", "/a:b", "/a*", "/a\nb", "/", "relative"}) {
    INFO(path);
    Profile profile = container();
    profile.holes[path] = {};
    CHECK(refused(profile, "out").object == path);
  }
}

TEST_CASE("no flag has white space, each is a line of its own") {
  Profile profile = container();
  profile.no_new_privileges = true;
  profile.capabilities = {"CHOWN"};
  profile.holes["/run"] = {};
  profile.holes["/srv"] = {HoleKind::volume, 0755, 0, 0, false, ""};
  profile.incomplete = {"7 files were lost"};
  const std::string text = flags(profile);
  CHECK(text.find_first_of(" \t'\"") == std::string::npos);
  CHECK(text.ends_with("\n"));
  CHECK(has_line(text, "--label=profilegen.incomplete=true"));
  size_t start = 0;
  for (size_t end = text.find('\n'); end != std::string::npos; start = end + 1, end = text.find('\n', start)) {
    CHECK(text.substr(start, 2) == "--");
  }
}

TEST_CASE("the AppArmor flag names the profile") {
  const Profile profile = container();
  const Result<std::string> flag = emit_docker_apparmor({profile, "out"});
  REQUIRE(flag);
  CHECK(*flag == "--security-opt=apparmor=" + apparmor_profile_name(profile) + "\n");
}
