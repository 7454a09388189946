// SPDX-License-Identifier: Apache-2.0
// A host with only cgroup v2, as today's distributions have. Guests are such hosts.
#include <catch2/catch.hpp>
#include <filesystem>

#include "support/background.h"
#include "support/containers.h"

using namespace profilegen;

namespace {

const std::string kBusybox = "profilegen-test/busybox";
const Words kAlone{"--network", "none"};

}  // namespace

TEST_CASE("Where control groups are of version 2 alone, a container is recorded and runs again", "[.][guest]") {
  REQUIRE(std::filesystem::exists("/sys/fs/cgroup/cgroup.controllers"));
  const Scratch scratch;
  REQUIRE(scratch.run({"docker", "info", "--format", "{{.CgroupVersion}}"}).out == "2\n");
  const Words own = Words{"--rm"} + kAlone;
  const Words work{"sh", "-c", "mkdir -p /var/lib/app && echo hello >/var/lib/app/x && cat /var/lib/app/x"};
  const Trace trace = scratch.record(docker_run(own, kBusybox, work));
  CHECK(only_run(trace).subject.runtime == "runc");
  CHECK(only_run(trace).marks.empty());
  CHECK(app_calls(trace).count("mkdir") == 1);
  CHECK(app_calls(trace).count("mount") == 0);
  CHECK(runtime_calls(trace).count("execve") == 1);
  (void)scratch.emit();

  const Words flags = own + bundle_flags(scratch);
  const Outcome again = scratch.run(docker_run(flags, kBusybox, work));
  INFO(again.err);
  CHECK(again.out == "hello\n");
  CHECK(scratch.run(docker_run(flags, kBusybox, {"sh", "-c", "echo x >/etc/x"})).status != 0);
  CHECK(scratch.run(docker_run(flags, kBusybox, {"chroot", "/", "true"})).status != 0);
}

TEST_CASE("There, of two containers only the one that matches is recorded, before and during", "[.][guest]") {
  const Scratch scratch;
  const Container wanted(scratch, kAlone, kBusybox, {"sh", "-c", until_stopped()});
  const Container other(scratch, kAlone, kBusybox, {"sh", "-c", until_stopped()});
  REQUIRE(wait_until([&] { return wanted.printed("ready") && other.printed("ready"); }));
  const std::string tests =
      "docker exec " + other.name() + " chroot / true && docker exec " + wanted.name() + " mkdir /tmp/made";
  const Trace trace = scratch.record({"sh", "-c", tests}, {"--container", wanted.name()});
  CHECK(app_calls(trace).count("mkdir") == 1);
  CHECK(app_calls(trace).count("chroot") == 0);
  CHECK(only_run(trace).marks == std::set<Mark>{Mark::attached_late, Mark::shutdown_not_recorded});
}
