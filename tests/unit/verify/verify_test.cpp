// SPDX-License-Identifier: Apache-2.0
#include <catch2/catch.hpp>

#include "profilegen/capabilities.h"
#include "profilegen/verify.h"

using namespace profilegen;

namespace {

const FileRows kNothingRefused = [](const FileRow&) {};

Evidence seen_by(const std::string& program) { return {{1, 2, 3, program}, {"0123456789abcdef"}}; }

uint32_t number_of(const char* call) { return syscall_number(Arch::x86_64, call).value(); }

Trace run_with_denied(const char* call, uint32_t errnum) {
  Trace run;
  run.runs["0123456789abcdef"] = {};
  run.denied[{Arch::x86_64, number_of(call), errnum}] = seen_by("sh");
  return run;
}

CapabilityFact asked_by(const std::string& program) {
  CapabilityFact fact;
  static_cast<Evidence&>(fact) = seen_by(program);
  return fact;
}

CapabilityKey denied_capability(const char* name, const char* call, const std::string& site = "cap_capable") {
  return {capability_number(name).value(), CapVerdict::denied, Arch::x86_64, number_of(call), site};
}

FileRows refused(const std::string& path, FileOp op, const std::string& mount) {
  FileFact fact;
  static_cast<Evidence&>(fact) = seen_by("app");
  fact.mount = mount;
  return [key = FileKey{path, op}, fact](const FileRow& row) { row(key, fact); };
}

}  // namespace

TEST_CASE("A call that was answered the same while recording is no denial") {
  Profile profile;
  const Trace run = run_with_denied("clone3", 38);
  REQUIRE(find_denials(profile, run, kNothingRefused).size() == 1);
  profile.answers[{Arch::x86_64, "clone3"}] = 38;
  CHECK(find_denials(profile, run, kNothingRefused).empty());
  profile.answers[{Arch::x86_64, "clone3"}] = 1;
  CHECK(find_denials(profile, run, kNothingRefused).size() == 1);
}

TEST_CASE("A denied call is told with its answer and who made it") {
  const auto denials = find_denials({}, run_with_denied("mkdir", 1), kNothingRefused);
  REQUIRE(denials.size() == 1);
  CHECK(denial_text(denials[0]) == "syscall mkdir, answered EPERM, by sh (thread 3)");
}

TEST_CASE("A capability that was denied while recording, or only asked for, is no denial") {
  Trace run;
  run.capabilities[denied_capability("CHOWN", "chown")] = asked_by("app");
  Profile profile;
  const auto denials = find_denials(profile, run, kNothingRefused);
  REQUIRE(denials.size() == 1);
  CHECK(denial_text(denials[0]) == "capability CHOWN for chown, by app (thread 3)");
  profile.notes = {"asked for CAP_CHOWN and was denied"};
  CHECK(find_denials(profile, run, kNothingRefused).empty());

  Trace asking;
  asking.capabilities[denied_capability("SYS_ADMIN", "mmap", "cap_capable<cap_vm_enough_memory")] = asked_by("app");
  CHECK(find_denials({}, asking, kNothingRefused).empty());
}

TEST_CASE("A change that a read-only file system refused is a denial, unless the user's own mount is read-only") {
  Profile profile;
  const FileRows rows = refused("/data/file", FileOp::WRITE, "/data");
  const auto denials = find_denials(profile, {}, rows);
  REQUIRE(denials.size() == 1);
  CHECK(denial_text(denials[0]) == "write of /data/file, read-only file system, by app (thread 3)");
  profile.mounts["/data"].read_only = true;
  CHECK(find_denials(profile, {}, rows).empty());
}

TEST_CASE("What was denied is allowed, and nothing else") {
  Profile profile;
  profile.container = true;
  profile.calls[{Arch::x86_64, "read"}] = {NeededBy::app};
  profile.answers[{Arch::x86_64, "mkdir"}] = 1;
  Trace run = run_with_denied("mkdir", 38);
  run.runs.begin()->second.mounts = {{"/", "overlay", "overlay", "image", true}};
  run.capabilities[denied_capability("CHOWN", "chown")] = asked_by("app");
  const auto denials = find_denials(profile, run, refused("/srv/app/file", FileOp::WRITE, "/"));
  REQUIRE(denials.size() == 3);
  const auto wider = allow(profile, run, denials);
  REQUIRE(wider);
  CHECK(wider->calls.size() == 2);
  CHECK(wider->calls.contains({Arch::x86_64, "mkdir"}));
  CHECK(wider->answers.empty());
  CHECK(wider->capabilities == std::set<std::string>{"CHOWN"});
  CHECK(wider->read_only_root);
  REQUIRE(wider->holes.size() == 1);
  CHECK(wider->holes.begin()->first == "/srv/app");
  CHECK(wider->files.size() == 1);
}

TEST_CASE("Nothing denied changes nothing") {
  Profile profile;
  profile.container = true;
  profile.calls[{Arch::x86_64, "read"}] = {NeededBy::app};
  profile.holes["/tmp"] = {HoleKind::tmpfs, 01777, 0, 0, false, "create /tmp/file"};
  Trace run;
  run.runs["0123456789abcdef"] = {};
  const auto same = allow(profile, run, {});
  REQUIRE(same);
  CHECK(*same == profile);
}
