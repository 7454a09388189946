// SPDX-License-Identifier: Apache-2.0
// Options that users pass to `docker run`: another user, an init, a read-only root, the host's network, no filter.
#include <catch2/catch.hpp>

#include "support/containers.h"

using namespace profilegen;

namespace {

const std::string kBusybox = "profilegen-test/busybox";

struct Rerun {
  Trace trace;
  Profile profile;
};

// A container recorded with the user's options works with these options and the emitted flags.
Rerun check_again(const Scratch& scratch, const Words& options, const Words& command) {
  const Outcome recorded = scratch.profilegen(Words{"record", "--"} + docker_run(options, kBusybox, command));
  INFO(recorded.err);
  REQUIRE(recorded.status == 0);
  Rerun rerun{scratch.trace(), scratch.emit()};
  const Outcome again = scratch.run(docker_run(options + bundle_flags(scratch), kBusybox, command));
  INFO(again.err);
  CHECK(again.status == 0);
  CHECK(again.out == recorded.out);
  return rerun;
}

}  // namespace

TEST_CASE("A container of another user") {
  const Scratch scratch;
  const Words options{"--rm", "--user", "1000:1000"};
  const Rerun rerun = check_again(scratch, options, {"sh", "-c", "id -u; mkdir /tmp/mine; echo x > /tmp/mine/file"});
  CHECK(only_run(rerun.trace).subject.user == "1000:1000");
  CHECK(rerun.profile.capabilities.empty());
  const Outcome other =
      scratch.run(docker_run(options + bundle_flags(scratch), kBusybox, {"sh", "-c", "echo x > /var/tmp/file"}));
  CHECK(other.status != 0);
}

TEST_CASE("A container with the engine's init") {
  const Scratch scratch;
  const Rerun rerun = check_again(scratch, {"--rm", "--init"}, {"sh", "-c", "echo hello"});
  CHECK(rerun.trace.files.count({"/sbin/docker-init", FileOp::EXEC}) == 1);
  CHECK(rerun.trace.files.count({"/bin/busybox", FileOp::EXEC}) == 1);
}

TEST_CASE("A container whose root is read-only already") {
  const Scratch scratch;
  const Words options{"--rm", "--read-only", "--tmpfs", "/tmp"};
  const Rerun rerun = check_again(scratch, options, {"sh", "-c", "echo x > /tmp/x; echo y > /etc/y || echo refused"});
  CHECK(only_run(rerun.trace).subject.read_only_root);
  CHECK(rerun.profile.read_only_root);
  CHECK(rerun.profile.holes.empty());
  CHECK(rerun.profile.mounts.at("/tmp").written);
  CHECK(writes(rerun.trace).count("create /etc/y") == 0);
}

TEST_CASE("A container in the host's network") {
  const Scratch scratch;
  const Rerun rerun = check_again(scratch, {"--rm", "--network", "host"}, {"sh", "-c", "ip addr show lo | head -n 1"});
  CHECK(app_calls(rerun.trace).count("socket") == 1);
}

TEST_CASE("A container without a filter: its own calls from the entrypoint on, the runtime's from what is known") {
  const Scratch scratch;
  const Words open{"--rm", "--security-opt", "seccomp=unconfined"};
  const Words script{"sh", "-c", "echo hello; ls /"};
  const Trace trace = scratch.record(docker_run(open, kBusybox, script));
  CHECK_FALSE(only_run(trace).subject.seccomp_confined);
  CHECK(only_run(trace).marks.empty());
  CHECK(runtime_calls(trace).empty());
  CHECK(trace.denied.empty());
  const Profile profile = scratch.emit();
  for (const char* name : {"epoll_ctl", "fstatfs", "futex", "openat2"})
    CHECK(profile.calls.at({native_arch(), name}).count(NeededBy::runtime) == 1);

  const Words flags = Words{"--rm"} + bundle_flags(scratch);
  const Outcome again = scratch.run(docker_run(flags, kBusybox, script));
  INFO(again.err);
  CHECK(again.status == 0);
  CHECK(again.out.starts_with("hello\nbin\n"));
  CHECK(scratch.run(docker_run(flags, kBusybox, {"chroot", "/", "true"})).status != 0);

  // Nothing that the runtime did before the entrypoint counts as the application's.
  const Trace confined = scratch.record(docker_run({"--rm"}, kBusybox, script));
  CHECK(app_calls(confined) == app_calls(trace));
}
