// SPDX-License-Identifier: Apache-2.0
// no-new-privileges is advised unless the container executed a program that gains privileges.
#include <catch2/catch.hpp>
#include <filesystem>

#include "support/containers.h"

using namespace profilegen;
namespace fs = std::filesystem;

namespace {

const std::string kBusybox = "profilegen-test/busybox";
const std::string kPython = "profilegen-test/python";
const std::string kFlag = "--security-opt=no-new-privileges";
const Words kScript{"sh", "-c", "echo hello"};

bool has(const Words& words, const std::string& word) { return std::ranges::find(words, word) != words.end(); }

Words without_flag(Words words) {
  std::erase(words, kFlag);
  return words;
}

// setgroups(2) checks CAP_SETGID before its arguments, so its errno tells whether we are root.
Words setid_program(const Scratch& scratch) {
  const std::string copy = scratch.path() + "/setid";
  fs::copy_file(prog("denied_call"), copy, fs::copy_options::overwrite_existing);
  fs::permissions(copy, fs::perms(04755));
  return {"--rm", "--user", "1000", "-v", copy + ":/setid:ro"};
}
const Words kSetid{"/setid", "116"};

}  // namespace

TEST_CASE("With no-new-privileges in the flags, what the runtime calls only without it is refused") {
  const Scratch scratch;
  const Trace trace = scratch.record(docker_run({"--rm"}, kBusybox, kScript));
  CHECK(runtime_calls(trace).count("capset") == 1);
  const Profile profile = scratch.emit();
  CHECK(profile.calls.count({native_arch(), "capset"}) == 0);
  CHECK(profile.calls.at({native_arch(), "fstatfs"}).contains(NeededBy::runtime));
  const Words flags = bundle_flags(scratch);
  REQUIRE(has(flags, kFlag));
  CHECK(scratch.run(docker_run(Words{"--rm"} + flags, kBusybox, kScript)).out == "hello\n");
  const Outcome without = scratch.run(docker_run(Words{"--rm"} + without_flag(flags), kBusybox, kScript));
  CHECK(without.status != 0);
  CHECK(without.out.empty());
}

TEST_CASE("A container that shall run without no-new-privileges does under a filter that was emitted for it") {
  const Scratch scratch;
  (void)scratch.record(docker_run({"--rm"}, kBusybox, kScript));
  const std::string input = GENERATE("profilegen-trace.json", "profilegen-out/profile.json");
  (void)scratch.emit();
  REQUIRE(scratch.profilegen({"emit", input, "--allow-new-privileges", "-o", "open"}).status == 0);
  const Words flags = bundle_flags(scratch, "open");
  CHECK_FALSE(has(flags, kFlag));
  CHECK(scratch.run(docker_run(Words{"--rm"} + flags, kBusybox, kScript)).out == "hello\n");
  CHECK(scratch.run(docker_run(Words{"--rm"} + flags, kBusybox, {"chroot", "/", "true"})).status != 0);
}

TEST_CASE("Recorded with no-new-privileges, the runtime needs fewer calls") {
  const Scratch scratch;
  const Words own{"--rm", "--security-opt", "no-new-privileges"};
  const Trace without_it = scratch.record(docker_run({"--rm"}, kBusybox, kScript));
  const Trace with_it = scratch.record(docker_run(own, kBusybox, kScript));
  CHECK(only_run(with_it).subject.no_new_privileges);
  CHECK(runtime_calls(with_it).size() + 8 < runtime_calls(without_it).size());
  CHECK(runtime_calls(with_it).count("capset") == 0);
  const Profile profile = scratch.emit();
  CHECK(profile.calls.count({native_arch(), "capset"}) == 0);
  const Words flags = bundle_flags(scratch);
  CHECK(has(flags, kFlag));
  CHECK(scratch.run(docker_run(Words{"--rm"} + flags, kBusybox, kScript)).out == "hello\n");
  CHECK(scratch.run(docker_run(own + flags, kBusybox, kScript)).out == "hello\n");
}

TEST_CASE("A set-id program keeps working: no-new-privileges is not advised") {
  const Scratch scratch;
  const Words options = setid_program(scratch);
  const Outcome recorded = scratch.profilegen(Words{"record", "--"} + docker_run(options, kBusybox, kSetid));
  REQUIRE(recorded.out == "116 EINVAL\n");  // we were root
  CHECK(scratch.trace().files.count({"/setid", FileOp::EXEC_SETID}) == 1);
  const Profile profile = scratch.emit();
  CHECK(profile.capabilities == std::set<std::string>{"SETGID"});
  const Words flags = bundle_flags(scratch);
  CHECK_FALSE(has(flags, kFlag));
  CHECK(scratch.run(docker_run(options + flags, kBusybox, kSetid)).out == "116 EINVAL\n");
  CHECK(scratch.run(docker_run(options + flags + Words{kFlag}, kBusybox, kSetid)).out == "116 EPERM\n");
}

TEST_CASE("Debian's own set-id programs are told, whatever runs them") {
  const Scratch scratch;
  const Words command{"sh", "-c", "su root -c 'echo hello'"};
  const Trace trace = scratch.record(docker_run({"--rm"}, kPython, command));
  CHECK(trace.files.count({"/usr/bin/su", FileOp::EXEC_SETID}) == 1);
  (void)scratch.emit();
  const Words flags = bundle_flags(scratch);
  CHECK_FALSE(has(flags, kFlag));
  const Outcome again = scratch.run(docker_run(Words{"--rm"} + flags, kPython, command));
  INFO(again.err);
  CHECK(again.out == "hello\n");
}
