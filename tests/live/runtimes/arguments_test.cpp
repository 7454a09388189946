// SPDX-License-Identifier: Apache-2.0
// Rules for arguments, which each engine and runtime passes to libseccomp in its own way.
#include <catch2/catch.hpp>

#include "support/podman.h"

using namespace profilegen;

namespace {

const std::string kImage = "profilegen-test/busybox";

Words mounted(const std::string& program) { return {"-v", prog(program) + ":/" + program + ":ro"}; }

/// Runs the check under docker with runc, and under podman with both runtimes.
template <typename Check>
void under_each(const Scratch& scratch, const Words& own, const Words& command, const Check& check) {
  const Outcome docker = scratch.run(docker_run(Words{"--rm"} + own + bundle_flags(scratch), kImage, command));
  INFO(docker.err);
  check("docker", docker.out);
  const Words filter{"--security-opt", "seccomp=" + scratch.path() + "/profilegen-out/seccomp.json", "--security-opt",
                     "no-new-privileges"};
  const Podman podman(scratch, kImage);
  for (const std::string runtime : {"runc", "crun"}) {
    const Outcome outcome = podman.run(runtime, own + filter, command);
    INFO(outcome.err);
    check(runtime, outcome.out);
  }
}

}  // namespace

TEST_CASE("A container that makes processes may make no namespaces, unless it was recorded to") {
  const Scratch scratch;
  const Words own = mounted("namespaces");
  (void)scratch.record(docker_run(Words{"--rm"} + own, kImage, {"/namespaces", "0"}));
  (void)scratch.emit({"--runtime", "crun"});
  under_each(scratch, own, {"/namespaces", "0", "0x10000000", "0x50000000", "0x20000", "0"},
             [](const std::string& where, const std::string& out) {
               CAPTURE(where);
               CHECK(out == "0 ok\n0x10000000 EPERM\n0x50000000 EPERM\n0x20000 EPERM\n0 ok\n");
             });

  const Words open{"--security-opt", "seccomp=unconfined"};
  (void)scratch.record(docker_run(Words{"--rm"} + open + own, kImage, {"/namespaces", "0", "0x10000000"}));
  const Profile profile = scratch.emit({"--runtime", "runc,crun"});
  CHECK(profile.arguments.at({Arch::x86_64, "clone"}).size() == 2);
  const Outcome again = scratch.run(
      docker_run(Words{"--rm"} + own + bundle_flags(scratch), kImage, {"/namespaces", "0x10000000", "0x40000000"}));
  CHECK(again.out.starts_with("0x10000000 ok\n0x40000000 E"));
}

TEST_CASE("With --args calls are let through with the arguments that were recorded only") {
  const std::string recorded = "import socket; socket.socket(socket.AF_INET, socket.SOCK_STREAM)";
  const std::string other =
      "import socket\n"
      "for family, type in ((2, 1), (2, 2), (16, 3), (38, 5)):\n"
      "  try: socket.socket(family, type); print(family, type)\n"
      "  except OSError: print('refused')\n";
  const Scratch scratch;
  const std::string image = "profilegen-test/python";
  const auto run = [&](const std::string& script) {
    return scratch.run(docker_run(Words{"--rm"} + bundle_flags(scratch), image, {"python3", "-c", script}));
  };
  (void)scratch.record(docker_run({"--rm"}, image, {"python3", "-c", recorded + "\nprint('done', flush=True)"}));
  (void)scratch.emit();
  CHECK(run(other).out.starts_with("2 1\n2 2\n"));
  const Profile profile = scratch.emit({"--args"});
  CHECK(profile.arguments.at({Arch::x86_64, "socket"}) ==
        std::set<ArgumentRule>{{{0, 0xffffffff, 2}, {1, 0xfff7f7ff, 1}, {2, 0xffffffff, 0}}});
  CHECK(run(recorded + "\nprint('done', flush=True)").out == "done\n");
  CHECK(run(other).out == "2 1\nrefused\nrefused\nrefused\n");
}
