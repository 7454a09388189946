// SPDX-License-Identifier: Apache-2.0
// What was recorded under Docker runs under podman, whose networks and runtimes have other rules; and what crun lacks
// at an ending is there.
#include <catch2/catch.hpp>
#include <sstream>

#include "support/podman.h"

using namespace profilegen;

namespace {

const std::string kImage = "profilegen-test/busybox";

Words mounted(const std::string& program) { return {"-v", prog(program) + ":/program:ro"}; }

// The flags, one word each, without those that limit: this machine's podman is given its limits by the test.
Words podman_flags(const Scratch& scratch) {
  const Outcome made = scratch.profilegen(
      {"emit", "profilegen-trace.json", "--format", "podman", "-o", scratch.path() + "/profilegen-out"});
  REQUIRE(made.status == 0);
  Words flags;
  std::istringstream lines(made.out);
  for (std::string line; std::getline(lines, line);) flags.push_back(line);
  return flags;
}

}  // namespace

TEST_CASE("A service on a low port that was recorded under Docker binds it under podman, as root and as another") {
  const std::string runtime = GENERATE("runc", "crun");
  const std::string user = GENERATE("0", "1000");
  CAPTURE(runtime, user);
  const Scratch scratch;
  const PodmanHost podman(scratch, kImage);
  (void)scratch.record(docker_run(mounted("ports") + Words{"--rm", "--network", "none", "--user", user}, kImage,
                                  {"/program", "tcp4:80"}));
  (void)scratch.emit({"--runtime", "crun"});
  const Words own = mounted("ports") + Words{"--rm", "--user", user};
  const Words flags = podman_flags(scratch);
  const Outcome again = podman.run(podman.run_words(runtime, own + flags, {"/program", "tcp4:80"}));
  INFO(again.err);
  CHECK(again.out == "ok\n");
  Words closed;
  for (const std::string& flag : flags)
    if (!flag.starts_with("--sysctl")) closed.push_back(flag);
  CHECK(closed.size() + 1 == flags.size());
  CHECK(podman.run(podman.run_words(runtime, own + closed, {"/program", "tcp4:80"})).out ==
        "tcp4:80: Permission denied\n");
}

TEST_CASE("A container that ended by itself under podman and crun is signalled and stopped under its filter") {
  const Scratch scratch;
  const PodmanHost podman(scratch, kImage);
  (void)podman.record(
      podman.run_words("crun", mounted("endings") + Words{"--rm"}, {"/program", "catch", "1", "select"}));
  (void)scratch.emit();
  Words flags{"--security-opt", "seccomp=" + scratch.path() + "/profilegen-out/seccomp.json", "--security-opt",
              "no-new-privileges"};
  flags = mounted("endings") + flags + Words{"--detach", "--name", "signalled"};
  REQUIRE(podman.run(podman.run_words("crun", flags, {"/program", "catch", "60", "select"})).status == 0);
  const auto call = [&](const Words& words) { return podman.run(podman.client("crun", words)); };
  const auto prints = [&](const std::string& text) {
    return wait_until([&] { return call({"logs", "signalled"}).out.find(text) != std::string::npos; });
  };
  REQUIRE(prints("ready"));
  REQUIRE(call({"kill", "-s", "HUP", "signalled"}).status == 0);
  CHECK(prints("hup"));
  REQUIRE(call({"stop", "--time", "20", "signalled"}).status == 0);
  CHECK(call({"inspect", "--format", "{{.State.ExitCode}}", "signalled"}).out == "1\n");  // select was interrupted
}
