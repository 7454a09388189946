// SPDX-License-Identifier: Apache-2.0
// No text of a profile, however it came there, becomes more than a text in any format.
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "engine_profile.h"
#include "profilegen/path_text.h"
#include "profilegen/terminal_text.h"
#include "support/apparmor_pattern.h"
#include "support/registry.h"

using namespace profilegen;

namespace {

// A line of its own, quotes, an escape sequence, a runner's orders, U+0085, U+2028, U+202E and no UTF-8.
const std::string kHostile =
    "/h\"a,\n  INJECTED,\n\x1b[2J##[error]b::error::c\xc2\x85 INJECTED\xe2\x80\xa8 "
    "INJECTED\xe2\x80\xae\xff\r";

Profile hostile() {
  Profile profile = container();
  profile.incomplete = {kHostile};
  profile.notes = {kHostile};
  profile.users = {kHostile, "0"};
  profile.files[kHostile] = {"rw"};
  profile.mounts[kHostile] = {kHostile, kHostile, false, false};
  profile.mounts[kHostile + "/tmpfs"] = {"", kHostile, true, false};
  profile.restricted[kHostile] = {0600, 0, 0};
  profile.asked = {kHostile};
  CapabilityObject object;
  object.name = kHostile;
  object.call = kHostile;
  profile.capabilities = {"DAC_OVERRIDE"};
  profile.capability_objects["DAC_OVERRIDE"] = {object};
  return profile;
}

/// Lines end where a reader of any of the formats may end them; none is what the name wanted.
void check(const Emitter& emitter, const Profile& profile) {
  INFO(emitter.name);
  const auto text = emitter.emit({profile, "out", "web"});
  if (!text) {
    CHECK_FALSE(text.error().line().empty());
    return;
  }
  std::string lines = *text;
  std::erase(lines, '\n');
  CHECK(is_all_shown(lines));
  CHECK(text->find("\n  INJECTED") == std::string::npos);
  CHECK_FALSE(has_runner_order(*text));
}

}  // namespace

TEST_CASE("A hostile text stays a text in every format") {
  for (const Emitter& emitter : emitters()) check(emitter, hostile());
}

TEST_CASE("A hostile reason for a writable root, and a hostile hole, stay what they are in every format") {
  Profile root = hostile();
  root.read_only_root = false;
  root.root_reason = kHostile;
  Profile holes = hostile();
  holes.holes["/run"] = {HoleKind::tmpfs, 0755, 0, 0, false, kHostile};
  holes.holes[kHostile] = {HoleKind::volume, 0755, 0, 0, false, kHostile};
  for (const Emitter& emitter : emitters()) {
    check(emitter, root);
    check(emitter, holes);
  }
}

TEST_CASE("A unit says which path it can't name, and has no setting of the path's") {
  Profile profile;
  profile.holes["/a\nExecStartPre=/bin/x"] = {HoleKind::tmpfs, 0755, 0, 0, false, ""};
  profile.holes["/c::d"] = {HoleKind::tmpfs, 0755, 0, 0, false, ""};
  const std::string text = *emit_systemd({profile, "", "web"});
  CHECK(text.find("\nExecStartPre") == std::string::npos);
  CHECK(text.find(": /a\\x0AExecStartPre=/bin/x\n") != std::string::npos);
  CHECK(has_line(text, R"(ReadWritePaths="-/c:\:d")"));
  profile.read_only_root = false;
  profile.root_reason = "x\nExecStartPre=/bin/x";
  CHECK(emit_systemd({profile, "", "web"})->find("\nExecStartPre") == std::string::npos);
}

TEST_CASE("A pattern between quotes has no more quotes, and means the same") {
  CHECK(quoted_pattern("/a b/**") == R"("/a b/**")");
  CHECK(quoted_pattern(R"(/a\"b\[c\134)") == R"("/a\"b\[c\134")");
  CHECK(quoted_pattern("/a\" rw,\n\xff") == R"("/a\042 rw,\012\377")");
  CHECK(quoted_pattern("/a\\") == R"("/a\134")");
  CHECK(quoted_pattern("/a\\\n") == R"("/a\012")");
  CHECK(quoted_pattern("/\xe2\x80\xae\xc3\xa9::##") == "\"/\\342\\200\\256\xc3\xa9:\\072#\\043\"");
}

TEST_CASE("What no flag, YAML or JSON can hold as a path is refused, and named") {
  for (const char* path : {"/a\xff", "/a\x1b", "/a\xc2\x85", "/a\xe2\x80\xae"}) {
    Profile profile = container();
    profile.holes[path] = {HoleKind::volume, 0755, 0, 0, false, ""};
    for (const char* format : {"docker", "podman", "compose", "kubernetes", "oci"}) {
      INFO(format);
      CHECK_FALSE(find_emitter(format)->emit({profile, "out", "web"}));
    }
  }
}

TEST_CASE("Kubernetes puts no variable into a path of a command") {
  Profile profile = container();
  profile.holes["/srv/$(KUBERNETES_SERVICE_HOST)"] = {HoleKind::volume, 0755, 0, 0, false, ""};
  const std::string text = *emit_kubernetes({profile, "", "web"});
  CHECK(text.find("- /srv/$$(KUBERNETES_SERVICE_HOST)/.") != std::string::npos);
  CHECK(text.find("mountPath: /srv/$(KUBERNETES_SERVICE_HOST)") != std::string::npos);
}
