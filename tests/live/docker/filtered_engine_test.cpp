// SPDX-License-Identifier: Apache-2.0
// An engine that runs under a filter itself. Then everything that its runtime does is governed by some filter from the
// first instruction on, but only what the container's own filter governs counts.
#include <catch2/catch.hpp>

#include "support/engine.h"

using namespace profilegen;

TEST_CASE("Under a filtered engine the runtime's calls are those under the container's own filter") {
  const std::string image = "profilegen-test/busybox";
  const Scratch scratch;
  const Words options{"--rm", "--network", "none", "-v", prog("denied_call") + ":/denied_call:ro"};
  const Words command{"/denied_call", "110"};
  const Trace usual = scratch.record(docker_run(options, image, command));
  const Profile usual_profile = scratch.emit();

  const OwnEngine engine(scratch, {prog("under_filter")}, {image});
  REQUIRE(engine.status("Seccomp") == 2);
  const Trace trace = scratch.record(docker_run(options, image, command));
  CHECK(only_run(trace).subject.seccomp_confined);
  CHECK(app_calls(trace) == app_calls(usual));
  // It would be 79 if the engine's filter were taken for the container's. The runtime does not make all of its calls
  // each time.
  CHECK(runtime_calls(trace).size() >= 20);
  CHECK(runtime_calls(trace).size() <= 28);
  for (const char* name : {"mount", "pivot_root", "setns", "unshare", "keyctl", "clone", "execveat", "seccomp"}) {
    INFO(name);
    CHECK(runtime_calls(trace).count(name) == 0);
  }
  CHECK(scratch.emit().calls == usual_profile.calls);

  const Words flags = options + bundle_flags(scratch);
  CHECK(scratch.run(docker_run(flags, image, command)).out == "110 ok\n");
  CHECK(scratch.run(docker_run(flags, image, {"/denied_call", "165", "145"})).out == "165 EPERM\n145 EPERM\n");
}

TEST_CASE("Under a filtered engine a container without a filter of its own is known as such") {
  const std::string image = "profilegen-test/busybox";
  const Scratch scratch;
  const Words command{"/denied_call", "110"};
  const Words options{"--rm", "--network", "none", "-v", prog("denied_call") + ":/denied_call:ro"};
  const Trace usual = scratch.record(docker_run(options, image, command));

  const OwnEngine engine(scratch, {prog("under_filter")}, {image});
  const Words unconfined = options + Words{"--security-opt", "seccomp=unconfined"};
  const Trace trace = scratch.record(docker_run(unconfined, image, command));
  CHECK_FALSE(only_run(trace).subject.seccomp_confined);
  CHECK(runtime_calls(trace).empty());
  CHECK(app_calls(trace) == app_calls(usual));
}
