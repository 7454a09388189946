// SPDX-License-Identifier: Apache-2.0
#include "profilegen/emitted_flags.h"

#include <catch2/catch.hpp>

#include "engine_profile.h"
#include "support/registry.h"

using namespace profilegen;

namespace {

/// With something of each kind that a flag is written for.
Profile full_profile() {
  Profile profile = container();
  profile.no_new_privileges = true;
  profile.capabilities = {"CHOWN", "NET_RAW"};
  profile.incomplete = {"lost events"};
  profile.holes["/run/a,b"] = {
      .kind = HoleKind::tmpfs, .mode = 01777, .uid = 4294967294, .gid = 7, .exec = true, .size = 1};
  profile.holes["/srv/..data"] = {.kind = HoleKind::volume};
  profile.lowest_ports[{"inet", "stream"}] = 80;
  return profile;
}

}  // namespace

TEST_CASE("each word that emit writes is one of its flags") {
  for (const Profile& profile : {container(), full_profile()})
    for (const char* format : {"docker", "podman", "docker-apparmor"}) {
      const auto text = find_emitter(format)->emit({profile, "../some/out"});
      REQUIRE(text);
      for (const FlagWord& word : flag_words(*text)) {
        CAPTURE(format, word.text, word.line);
        CHECK(is_emitted_flag(word.text));
      }
    }
}

TEST_CASE("no other option, value or spelling is one") {
  for (const std::string word : {"--privileged",
                                 "--volume=/:/host",
                                 "--volume=data:/srv",
                                 "--volume=/srv:ro",
                                 "--volume=/",
                                 "--volume=srv",
                                 "--volume=/srv/../etc",
                                 "--volume=/srv/",
                                 "--volume=//srv",
                                 "--volume=",
                                 "-v",
                                 "-v=/srv",
                                 "--mount=type=bind",
                                 "--device=/dev/sda",
                                 "--pid=host",
                                 "--network=host",
                                 "--user=0",
                                 "--env=A=b",
                                 "--env-file=/etc/shadow",
                                 "--rm",
                                 "--label=a=b",
                                 "--cap-add=ALL",
                                 "--cap-add=all",
                                 "--cap-add=",
                                 "--cap-add=CHOWN,ALL",
                                 "--cap-drop=CHOWN",
                                 "--cap-add",
                                 "CHOWN",
                                 "--security-opt=seccomp=unconfined",
                                 "--security-opt=seccomp=/tmp/other.json",
                                 "--security-opt=seccomp:x/seccomp.json",
                                 "--security-opt=apparmor=unconfined",
                                 "--security-opt=label=disable",
                                 "--security-opt=no-new-privileges=false",
                                 "--security-opt=systempaths=unconfined",
                                 "--read-only=false",
                                 "--read-only-tmpfs",
                                 "--read-only-tmpfs=true",
                                 "--tmpfs=/run",
                                 "--tmpfs=/run:rw,suid,dev,exec",
                                 "--tmpfs=/run:rw,nosuid,nodev,exec,mode=0755,uid=0,gid=0,size=1g",
                                 "--sysctl=kernel.core_pattern=x",
                                 "--sysctl=net.ipv4.ip_unprivileged_port_start=80,x",
                                 "--runtime=/tmp/evil",
                                 "--entrypoint=sh",
                                 "--",
                                 "-",
                                 "image",
                                 "$(id)",
                                 "--tmpfs=/run:rw,nosuid,nodev,exec,mode=0755,uid=0,gid=0,size=1m,rw"}) {
    CAPTURE(word);
    CHECK_FALSE(is_emitted_flag(word));
  }
  CHECK_FALSE(is_emitted_flag("--volume=/" + std::string(1 << 20, 'a')));
  CHECK_FALSE(is_emitted_flag("--cap-add=" + std::string(1 << 20, 'A')));
}

TEST_CASE("words have the number of their line") {
  const auto words = flag_words("--a\n\n  --b --c\r\n--d");
  REQUIRE(words.size() == 4);
  CHECK(words[2].text == "--c");
  CHECK(words[2].line == 3);
  CHECK(words[3].line == 4);
}

TEST_CASE("an AppArmor profile is loaded only as emit writes it") {
  Profile profile = full_profile();
  profile.files[R"(/srv/quote\"back\\slash {a,b}*)"] = {"rw"};
  profile.files["/bin/sh"] = {"rx"};
  profile.network = {{"inet", "stream"}};
  profile.calls[{Arch::x86_64, "mount"}] = {};
  profile.calls[{Arch::x86_64, "kill"}] = {};
  const std::string name = apparmor_profile_name(profile);
  const auto text = find_emitter("apparmor")->emit({profile, "out"});
  REQUIRE(text);
  CAPTURE(*text);
  CHECK_FALSE(line_not_emitted(*text, name));
  CHECK(line_not_emitted(*text, "profilegen-00000000"));
  CHECK(line_not_emitted(*text + "profile docker-default {}\n", name));
  CHECK(line_not_emitted("include \"/etc/shadow\"\n" + *text, name) == 1U);
  CHECK(line_not_emitted("#include </etc/shadow>\n" + *text, name) == 1U);
  const size_t end = text->rfind("}\n");
  for (const std::string line : {"  include \"/etc/shadow\"", "  \"/x\" r, } profile b { \"/y\" r,", "  capability,",
                                 "  \"/x\" ux,", "  change_profile,", "  \"/x\\\" r,", "  \""}) {
    CAPTURE(line);
    CHECK(line_not_emitted(text->substr(0, end) + line + "\n}\n", name));
  }
  CHECK(line_not_emitted("", name));
}
