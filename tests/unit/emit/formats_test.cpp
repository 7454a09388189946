// SPDX-License-Identifier: Apache-2.0
// Special cases of the formats. live/formats and, for systemd, the golden tests check that their consumers accept them.
#include <catch2/catch.hpp>

#include "engine_profile.h"
#include "support/registry.h"

using namespace profilegen;

TEST_CASE("podman takes no owner of a tmpfs: what is not root's is everybody's") {
  Profile profile = container();
  profile.holes = {{"/run/app", {HoleKind::tmpfs, 0755, 33, 33, false, ""}},
                   {"/run/root", {HoleKind::tmpfs, 0700, 0, 0, true, ""}}};
  const auto text = emit_podman({profile, "out"});
  REQUIRE(text);
  CHECK(has_line(*text, "--tmpfs=/run/app:rw,nosuid,nodev,noexec,mode=1777"));
  CHECK(has_line(*text, "--tmpfs=/run/root:rw,nosuid,nodev,exec,mode=0700"));
  CHECK(has_line(*text, "--read-only-tmpfs=false"));
}

TEST_CASE("Compose replaces what follows a dollar, so it is doubled") {
  Profile profile = container();
  profile.holes["/var/lib/$HOME"] = {HoleKind::volume, 0755, 0, 0, false, ""};
  const auto text = emit_compose({profile, "out$dir"});
  REQUIRE(text);
  CHECK(text->find("/var/lib/$$HOME") != std::string::npos);
  CHECK(text->find("seccomp=out$$dir/seccomp.json") != std::string::npos);
}

TEST_CASE("a pod has the filter by its field and by its annotation, which must agree") {
  const auto text = emit_kubernetes({container(), "", "web"});
  REQUIRE(text);
  CHECK(has_line(*text, "    container.seccomp.security.alpha.kubernetes.io/web: localhost/web.json"));
  CHECK(has_line(*text, "          localhostProfile: web.json"));
}

TEST_CASE("Kubernetes lets a container with SYS_ADMIN gain privileges always, so a filter for less is no use") {
  Profile profile = container();
  profile.no_new_privileges = true;
  CHECK(emit_kubernetes({profile, "", "web"}));
  profile.capabilities.insert("SYS_ADMIN");
  const auto text = emit_kubernetes({profile, "", "web"});
  REQUIRE_FALSE(text);
  CHECK(text.error().hint == "leave out --no-new-privileges");
  profile.no_new_privileges = false;
  CHECK(emit_kubernetes({profile, "", "web"}));
}

TEST_CASE("a pod's name is a label of RFC 1123") {
  for (const char* name : {"Web", "web_1", "-web", "web-", "web.de", ""}) {
    INFO(name);
    const auto text = emit_kubernetes({container(), "", name});
    REQUIRE_FALSE(text);
    CHECK(text.error().object == "--name " + std::string(name));
  }
  CHECK(emit_kubernetes({container(), "", std::string(63, 'a')}));
  CHECK_FALSE(emit_kubernetes({container(), "", std::string(64, 'a')}));
}

TEST_CASE("a pod's volume that the image has content for is filled before the application starts") {
  Profile profile = container();
  profile.holes["/srv/data"] = {HoleKind::volume, 0755, 0, 0, false, ""};
  const auto text = emit_kubernetes({profile, "", "web"});
  REQUIRE(text);
  CHECK(text->find("initContainers:") != std::string::npos);
  CHECK(text->find("- /srv/data/.") != std::string::npos);
  profile.holes["/srv/data"].kind = HoleKind::tmpfs;
  CHECK(emit_kubernetes({profile, "", "web"})->find("initContainers:") == std::string::npos);
}

TEST_CASE("systemd's paths are quoted, and their per cent is no specifier") {
  Profile profile;
  profile.holes[R"(/var/lib/a b"c\d%e)"] = {HoleKind::tmpfs, 0755, 0, 0, false, ""};
  const auto text = emit_systemd({profile, ""});
  REQUIRE(text);
  CHECK(has_line(*text, R"(ReadWritePaths="-/var/lib/a b\"c\\d%%e")"));
}

TEST_CASE("systemd gets the application's calls only, and what was never used is closed") {
  Profile profile;
  profile.calls = {{{Arch::x86_64, "read"}, {NeededBy::app}},
                   {{Arch::x86_64, "capset"}, {NeededBy::runtime}},
                   {{Arch::x86, "time"}, {NeededBy::app}}};
  profile.no_new_privileges = true;
  const auto text = emit_systemd({profile, ""});
  REQUIRE(text);
  CHECK(has_line(*text, "SystemCallFilter=read time"));
  CHECK(has_line(*text, "SystemCallArchitectures=native x86"));
  CHECK(has_line(*text, "RestrictAddressFamilies=none"));
  CHECK(has_line(*text, "CapabilityBoundingSet="));
  CHECK(has_line(*text, "NoNewPrivileges=yes"));
}

TEST_CASE("systemd gives a user what executed files demand, where no-new-privileges keeps the files from it") {
  Profile profile;
  profile.capabilities = {"CHOWN", "NET_BIND_SERVICE"};
  profile.file_capabilities = {"NET_BIND_SERVICE"};
  const auto text = emit_systemd({profile, ""});
  REQUIRE(text);
  CHECK_THAT(*text, Catch::Contains("CapabilityBoundingSet=CAP_CHOWN CAP_NET_BIND_SERVICE\n"));
  CHECK_THAT(*text, Catch::Contains("\nAmbientCapabilities=CAP_NET_BIND_SERVICE\n"));
  profile.no_new_privileges = true;  // only root executed the file, who has the capability anyway
  CHECK_THAT(*emit_systemd({profile, ""}), !Catch::Contains("AmbientCapabilities"));
  profile.no_new_privileges = false;
  profile.file_capabilities.clear();
  CHECK_THAT(*emit_systemd({profile, ""}), !Catch::Contains("AmbientCapabilities"));
}
