// SPDX-License-Identifier: Apache-2.0
// Programs that demand capabilities which nothing checks, in containers, under the policies made for them.
#include <catch2/catch.hpp>
#include <filesystem>

#include "support/workload.h"

using namespace profilegen;
using Names = std::set<std::string>;
namespace fs = std::filesystem;

namespace {

const std::string kBusybox = "profilegen-test/busybox";

// A container in which /marked is a program with file capabilities.
struct Marked {
  Marked(const std::string& capabilities, const Words& more) : options(Words{"--rm", "--network", "none"} + more) {
    const std::string file = scratch.path() + "/marked";
    fs::copy_file(prog("keep"), file);
    REQUIRE(scratch.run({"setcap", capabilities, file}).status == 0);
    options = options + Words{"-v", file + ":/marked:ro"};
  }

  [[nodiscard]] Outcome run(const Words& flags, const Words& command) const {
    return scratch.run(docker_run(options + flags, kBusybox, command));
  }
  [[nodiscard]] Outcome verify(const Words& arguments, const Words& command) const {
    return scratch.profilegen(Words{"verify"} + arguments + Words{"--"} + docker_run(options, kBusybox, command));
  }
  // Emits the bundle of the recording without this capability.
  void take_away(const std::string& name) const {
    Profile profile = scratch.emit();
    REQUIRE(profile.capabilities.erase(name) == 1);
    profile.kept_capabilities.erase(name);
    scratch.write("changed.json", format_profile(profile));
    REQUIRE(scratch.profilegen({"emit", "changed.json", "-o", "broken"}).status == 0);
  }

  Scratch scratch;
  Words options;
};

}  // namespace

TEST_CASE("A program with file capabilities runs under its policy: as root, as a user, and as a shell's child") {
  const Words user = GENERATE(Words{}, Words{"--user", "1000"});
  const Words command = GENERATE(Words{"/marked"}, Words{"sh", "-c", "/marked; true"});
  const Marked marked("cap_ipc_lock,cap_net_bind_service=ep", Words{"--cap-add=IPC_LOCK"} + user);
  (void)marked.scratch.record(docker_run(marked.options, kBusybox, command));
  const Profile profile = marked.scratch.emit();
  CHECK(profile.capabilities == Names{"IPC_LOCK", "NET_BIND_SERVICE"});
  CHECK(profile.no_new_privileges == user.empty());
  CHECK(marked.run(bundle_flags(marked.scratch), command).out == "kept\n");
  const Outcome verified = marked.verify({"profilegen-out"}, command);
  INFO(verified.err);
  CHECK(verified.status == 0);
}

TEST_CASE("verify names the file whose execve a bundle refuses, at the start and later, and --fix mends it") {
  const Words command = GENERATE(Words{"/marked"}, Words{"sh", "-c", "/marked || echo failed"});
  Marked marked("cap_ipc_lock=ep", {"--cap-add=IPC_LOCK"});
  (void)marked.scratch.record(docker_run(marked.options, kBusybox, command));
  marked.take_away("IPC_LOCK");
  // The user's own --cap-add must not give it back.
  std::erase(marked.options, "--cap-add=IPC_LOCK");
  const Outcome outcome = marked.verify({"broken", "--fix", "fixed"}, command);
  INFO(outcome.err);
  CHECK(outcome.status == 1);
  CHECK_THAT(outcome.err, Catch::Contains("denied: capability IPC_LOCK for execve of /marked, whose file capabilities "
                                          "demand it"));
  const Outcome fixed = marked.verify({"fixed"}, command);
  INFO(fixed.err);
  CHECK(fixed.status == 0);
  CHECK(fixed.out == "kept\n");
}

TEST_CASE("A program that keeps a set runs under its policy, verify names what a refused set lacked, --fix adds it") {
  const Marked marked("cap_kill=p", {});
  const Words command{"/marked", "+10", "+0"};
  (void)marked.scratch.record(docker_run(marked.options, kBusybox, command));
  const Profile profile = marked.scratch.emit();
  CHECK(profile.capabilities == Names{"CHOWN", "NET_BIND_SERVICE"});
  CHECK(profile.kept_capabilities == profile.capabilities);
  CHECK(marked.run(bundle_flags(marked.scratch), command).out == "kept\n");
  marked.take_away("CHOWN");
  const Outcome outcome = marked.verify({"broken", "--fix", "fixed"}, command);
  INFO(outcome.err);
  CHECK(outcome.status == 1);
  CHECK_THAT(outcome.err, Catch::Contains("denied: capability CHOWN for capset, which asked for a set with it"));
  CHECK(outcome.err.find("NET_BIND_SERVICE for") == std::string::npos);
  CHECK(marked.verify({"fixed"}, command).status == 0);
}

TEST_CASE("A program that makes its set of what it has runs without any capability") {
  const Marked marked("cap_kill=p", {});
  const Words command{"/marked", "read", "-0"};
  (void)marked.scratch.record(docker_run(marked.options, kBusybox, command));
  CHECK(marked.scratch.emit().capabilities == Names{});
  CHECK(marked.run(bundle_flags(marked.scratch), command).out == "kept\n");
}

TEST_CASE("verify --minimize finds out that a program does without the set that it asks for") {
  const Marked marked("cap_kill=p", {});
  const Words command{"sh", "-c", "/marked +10; true"};
  (void)marked.scratch.record(docker_run(marked.options, kBusybox, command));
  CHECK(marked.scratch.emit().capabilities == Names{"NET_BIND_SERVICE"});
  const Outcome outcome = marked.verify({"profilegen-out", "--minimize", "smaller"}, command);
  INFO(outcome.err);
  CHECK(outcome.status == 0);
  const auto smaller = load_profile(marked.scratch.path() + "/smaller/profile.json");
  REQUIRE(smaller);
  CHECK(smaller->capabilities == Names{});
  CHECK(smaller->denied_capabilities == Names{"NET_BIND_SERVICE"});
  CHECK(marked.verify({"smaller"}, command).status == 0);
}

TEST_CASE("A recording of a program that its container may not execute says what it demands") {
  const Marked marked("cap_sys_time=ep", {});
  const Outcome outcome =
      marked.scratch.profilegen(Words{"record", "--"} + docker_run(marked.options, kBusybox, {"/marked"}));
  CHECK(outcome.status != 0);
  CHECK_THAT(outcome.err, Catch::Contains("could not start: /marked demands CAP_SYS_TIME, which the container lacks: "
                                          "give --cap-add=SYS_TIME"));
}
