// SPDX-License-Identifier: Apache-2.0
// Capabilities that no check asks for: an executed file demands them, or a program puts them into a set of its own.
#include <catch2/catch.hpp>

#include "support/containers.h"

using namespace profilegen;
using Names = std::set<std::string>;

namespace {

// As many as Docker gives, of which a program keeps most or few.
const std::string kMany =
    "--bounding-set=-all,+chown,+dac_override,+fowner,+fsetid,+kill,+setgid,+setuid,+setpcap,+net_bind_service,"
    "+net_raw,+sys_chroot,+mknod,+audit_write,+setfcap";

// Records a program that has the capabilities of kMany, and needs none for anything else.
Profile recorded(const Scratch& scratch, const Words& command) {
  // Only the recorder needs more: the command drops the rest first. setpriv writes back what it has read.
  (void)scratch.record(Words{"setpriv", kMany, "--inh-caps=-all"} + command);
  return scratch.emit();
}

Names kept(const Words& words) {
  const Scratch scratch;
  const Profile profile = recorded(scratch, Words{prog("keep")} + words);
  CHECK(profile.kept_capabilities == without(profile.capabilities, {"SETPCAP"}));
  return profile.kept_capabilities;
}

// Runs `script` in a directory of its own, where ./marked is a program with file capabilities.
Profile with_file(const std::string& capabilities, const std::string& script, const std::string& before = ":") {
  const Scratch scratch;
  const std::string make =
      "chmod 755 .; " + before + "; cp " + prog("keep") + " marked; setcap " + capabilities + " marked; exec \"$@\"";
  const Outcome outcome = scratch.run(
      {"unshare", "--mount", "sh", "-ec", make, "sh", PROFILEGEN, "record", "--quiet", "--", "sh", "-c", script});
  INFO(outcome.err);
  REQUIRE(outcome.status == 0);
  return scratch.emit();
}

const std::string kAsUser = "setpriv --reuid=1000 --clear-groups ";
// setpriv itself needs these to become another user.
const Names kBecome{"SETGID", "SETUID"};

}  // namespace

TEST_CASE("A set that a program names is needed: a smaller bounding set makes the program fail") {
  CHECK(kept({"+10", "+0"}) == Names{"CHOWN", "NET_BIND_SERVICE"});
  CHECK(kept({"read", "-1", "-3", "-4", "-5", "-6", "-7", "-8", "-13", "-18", "-27", "-29", "-31"}) ==
        Names{"CHOWN", "NET_BIND_SERVICE"});
  CHECK(kept({"+10", "inherit", "ambient"}) == Names{"NET_BIND_SERVICE"});
}

TEST_CASE("A set that a program makes of what it has is no need: it shrinks by itself") {
  CHECK(kept({"read"}) == Names{});
  CHECK(kept({"read", "-0", "-10"}) == Names{});
  CHECK(kept({}) == Names{});
}

TEST_CASE("A set in a user namespace of the program's own is no need of the container") {
  const Scratch scratch;
  (void)scratch.record({"unshare", "--user", "--map-root-user", prog("keep"), "+21", "+10"});
  CHECK(scratch.emit().capabilities == Names{});
}

TEST_CASE("An executed file demands its capabilities, used or not, and with the effective bit alone") {
  CHECK(with_file("cap_chown,cap_kill=ep", "./marked").file_capabilities == Names{"CHOWN", "KILL"});
  CHECK(with_file("cap_chown,cap_kill=p", "./marked").capabilities == Names{});
  CHECK(with_file("cap_chown=ei", "./marked").capabilities == Names{});
  CHECK(with_file("cap_chown=ep", "true").capabilities == Names{});
  // Of a script the interpreter counts.
  CHECK(with_file("cap_chown=ep", "printf '#!./marked\\n' >script; chmod 755 script; ./script").file_capabilities ==
        Names{"CHOWN"});
  CHECK(
      with_file("cap_chown=ep", "printf '#!/bin/sh\\n' >script; chmod 755 script; setcap cap_kill=ep script; ./script")
          .file_capabilities == Names{});
}

TEST_CASE("A file's capabilities take effect for a user, who needs new privileges for that; root has them anyway") {
  CHECK(with_file("cap_chown=ep", "./marked").no_new_privileges);
  const Profile gained = with_file("cap_chown=ep", kAsUser + "./marked");
  CHECK_FALSE(gained.no_new_privileges);
  CHECK(without(gained.capabilities, kBecome) == Names{"CHOWN"});
  CHECK_FALSE(with_file("cap_chown=p", kAsUser + "./marked").no_new_privileges);
  // First without effect, then with it.
  CHECK_FALSE(with_file("cap_chown=ep", "./marked; " + kAsUser + "./marked").no_new_privileges);
}

TEST_CASE("With no-new-privileges a file demands as much, but gives nothing") {
  const Profile profile = with_file("cap_chown=ep", kAsUser + "--no-new-privs ./marked");
  CHECK(profile.no_new_privileges);
  CHECK(without(profile.capabilities, kBecome) == Names{"CHOWN"});
}

TEST_CASE("On a mount without set-id programs, and in another user namespace, a file demands nothing") {
  const Profile nosuid = with_file(
      "cap_chown=ep", "d/marked",
      "mkdir d; mount -t tmpfs -o nosuid,mode=755 t d; cp " + prog("keep") + " d/marked; setcap cap_chown=ep d/marked");
  CHECK(nosuid.capabilities == Names{});
  CHECK(nosuid.no_new_privileges);
  CHECK(with_file("cap_chown=ep", "unshare --user --map-root-user ./marked").file_capabilities == Names{});
}

TEST_CASE("A refused execve is told with what its file demands") {
  const Scratch scratch;
  const std::string make = "cp " + prog("keep") +
                           " marked; setcap cap_chown,cap_sys_time=ep marked; "
                           "printf \"#!$PWD/marked\\n\" >script; chmod 755 script";
  REQUIRE(scratch.run({"sh", "-ec", make}).status == 0);
  const std::string file = GENERATE("./marked", "./script");
  const Trace trace = scratch.record({"setpriv", kMany, "--inh-caps=-all", "sh", "-c", file + " || :"});
  const uint32_t execve = syscall_number(native_arch(), "execve").value();
  CHECK(trace.capabilities.contains({25, CapVerdict::denied, native_arch(), execve, scratch.path() + "/marked"}));
  CHECK_FALSE(trace.capabilities.contains({0, CapVerdict::denied, native_arch(), execve, scratch.path() + "/marked"}));
  const Profile profile = scratch.emit();
  CHECK(profile.denied_capabilities == Names{"SYS_TIME"});
  CHECK(profile.no_new_privileges);
}

TEST_CASE("A refused set is told with what it lacked") {
  const Scratch scratch;
  (void)scratch.record({"setpriv", kMany, "--inh-caps=-all", prog("keep"), "+0", "+25"}, {}, 1);
  CHECK(scratch.emit().denied_capabilities == Names{"SYS_TIME"});
}
