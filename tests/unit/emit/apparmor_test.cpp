// SPDX-License-Identifier: Apache-2.0
// The golden tests check that AppArmor's parser accepts the text.
#include <catch2/catch.hpp>

#include "support/registry.h"

using namespace profilegen;

namespace {

std::string emitted(const Profile& profile) {
  const Result<std::string> text = emit_apparmor({profile, "out"});
  REQUIRE(text);
  return *text;
}

bool has_rule(const std::string& text, const std::string& rule) {
  return text.find("\n  " + rule + ",\n") != std::string::npos;
}

}  // namespace

TEST_CASE("the profile's name does not depend on what advice is made from") {
  Profile profile = {};
  const std::string name = apparmor_profile_name(profile);
  profile.as_root = true;
  profile.limits["memory"] = 64 << 20;
  profile.restricted["/etc/key"] = {};
  CHECK(apparmor_profile_name(profile) == name);
  profile.capabilities.insert("CHOWN");
  CHECK(apparmor_profile_name(profile) != name);
}

TEST_CASE("the profile pins abi 3.0 and attaches disconnected paths") {
  const Profile profile;
  const std::string text = emitted(profile);
  CHECK(text.find("\nabi <abi/3.0>,\n") != std::string::npos);
  CHECK(text.find("\nprofile " + apparmor_profile_name(profile) + " flags=(attach_disconnected,mediate_deleted) {\n") !=
        std::string::npos);
}

TEST_CASE("nothing is denied explicitly and nothing allowed that was not recorded") {
  const std::string text = emitted(Profile{});
  for (const char* word : {"deny", "capability", "network", "mount,", "file,", "/** "}) {
    INFO(word);
    CHECK(text.find(word) == std::string::npos);
  }
}

TEST_CASE("the engine can stop the container, whose processes can look at each other and no more") {
  const Profile profile;
  const std::string text = emitted(profile);
  CHECK(has_rule(text, "signal (receive) peer=unconfined"));
  CHECK(text.find("send") == std::string::npos);
  CHECK(has_rule(text, "ptrace (read, readby) peer=" + apparmor_profile_name(profile)));
}

TEST_CASE("processes signal each other where the application, and not only its runtime, made a call for that") {
  for (const char* call : {"kill", "tgkill", "pidfd_send_signal", "prctl"}) {
    Profile profile;
    profile.calls[{Arch::x86_64, call}] = {NeededBy::runtime};
    CHECK(emitted(profile).find("send") == std::string::npos);
    profile.calls[{Arch::x86_64, call}] = {NeededBy::app};
    CHECK(has_rule(emitted(profile), "signal (send, receive) peer=" + apparmor_profile_name(profile)));
  }
}

TEST_CASE("processes attach to each other by the calls and the files that are for it") {
  const auto attaches = [](const Profile& profile) {
    return has_rule(emitted(profile), "ptrace (trace, read, tracedby, readby) peer=" + apparmor_profile_name(profile));
  };
  for (const char* call : {"ptrace", "process_vm_readv", "pidfd_getfd"}) {
    Profile profile;
    profile.calls[{Arch::x86_64, call}] = {NeededBy::app};
    CHECK(attaches(profile));
  }
  for (const char* file : {"/proc/[0-9]*/mem", "/proc/*/stack", "/proc/[0-9]*/*"}) {
    Profile profile;
    profile.files[file] = {"r"};
    CHECK(attaches(profile));
  }
  Profile profile;
  profile.files = {{"/proc/[0-9]*/status", {"r"}}, {"/var/mem", {"rw"}}};
  CHECK_FALSE(attaches(profile));
}

TEST_CASE("file rules are quoted and an executed file can be mapped and read") {
  Profile profile;
  profile.files = {{"/etc/a b", {"r"}}, {"/bin/sh", {"ix"}}, {"/opt/tool", {"wkix"}}, {"/run/x", {"rwkl"}}};
  const std::string text = emitted(profile);
  CHECK(has_rule(text, "\"/etc/a b\" r"));
  CHECK(has_rule(text, "\"/bin/sh\" rmix"));
  CHECK(has_rule(text, "\"/opt/tool\" rwmkix"));
  CHECK(has_rule(text, "\"/run/x\" rwkl"));
}

TEST_CASE("capabilities are in lower case and those without a name are left out") {
  Profile profile;
  profile.capabilities = {"NET_BIND_SERVICE", "#63"};
  const std::string text = emitted(profile);
  CHECK(has_rule(text, "capability net_bind_service"));
  CHECK(text.find("#63") == std::string::npos);
}

TEST_CASE("network rules name family and type") {
  Profile profile;
  profile.network = {{"inet", "stream"}, {"unix", "dgram"}};
  const std::string text = emitted(profile);
  CHECK(has_rule(text, "network inet stream"));
  CHECK(has_rule(text, "network unix dgram"));
}

TEST_CASE("mounting is allowed only to an application that mounted") {
  Profile profile;
  profile.calls[{Arch::x86_64, "mount"}] = {NeededBy::runtime};
  CHECK_FALSE(has_rule(emitted(profile), "mount"));
  profile.calls[{Arch::x86_64, "mount"}] = {NeededBy::app, NeededBy::runtime};
  CHECK(has_rule(emitted(profile), "mount"));
  CHECK_FALSE(has_rule(emitted(profile), "umount"));
  profile.calls[{Arch::x86_64, "umount2"}] = {NeededBy::app};
  CHECK(has_rule(emitted(profile), "umount"));
}

TEST_CASE("an incomplete profile begins by saying so") {
  Profile profile;
  profile.incomplete = {"7 files were lost"};
  CHECK(emitted(profile).starts_with("# incomplete: 7 files were lost\n"));
}

TEST_CASE("a reason cannot break out of its comment") {
  Profile profile;
  profile.incomplete = {"lost\nfile,"};
  CHECK(emitted(profile).starts_with("# incomplete: lost file,\n"));
}
