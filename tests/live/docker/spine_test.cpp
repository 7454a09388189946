// SPDX-License-Identifier: Apache-2.0
// The main use: a recorded container runs again under the policy that was emitted for it.
#include <catch2/catch.hpp>

#include "support/containers.h"

namespace {
const std::string kBusybox = "profilegen-test/busybox";
}

TEST_CASE("A container runs again under its own flags, and what it did not do is refused") {
  const Scratch scratch;
  const Words work{"sh", "-c", "echo hello > /tmp/x && mkdir -p /var/lib/app && cat /tmp/x"};
  const auto trace = scratch.record(docker_run({"--rm"}, kBusybox, work));
  CHECK(only_run(trace).subject.runtime == "runc");
  CHECK(only_run(trace).marks.empty());
  (void)scratch.emit();
  const Words flags = Words{"--rm"} + bundle_flags(scratch);

  const Outcome again = scratch.run(docker_run(flags, kBusybox, work));
  INFO(again.err);
  CHECK(again.status == 0);
  CHECK(again.out == "hello\n");

  const Outcome elsewhere = scratch.run(docker_run(flags, kBusybox, {"sh", "-c", "echo x > /etc/x"}));
  CHECK(elsewhere.status != 0);
  const Outcome other_call = scratch.run(docker_run(flags, kBusybox, {"chroot", "/", "true"}));
  CHECK(other_call.status != 0);
}
