// SPDX-License-Identifier: Apache-2.0
// Health checks, which the engine executes in the container as long as it runs.
#include <catch2/catch.hpp>

#include "support/background.h"
#include "support/containers.h"

using namespace profilegen;

namespace {

const std::string kBusybox = "profilegen-test/busybox";
const Words kCommand{"sh", "-c", until_stopped()};

// The check passes only if a call is allowed that the container itself does not make.
Words options() {
  return {"-v",
          prog("denied_call") + ":/denied_call:ro",
          "--health-cmd",
          "/denied_call 145 | grep -q EINVAL",
          "--health-interval",
          "1s",
          "--health-retries",
          "1"};
}

std::string health(const Container& container) {
  std::string status;
  const bool known = wait_until([&] {
    status = container.inspect("{{.State.Health.Status}}");
    return status != "starting";
  });
  return known ? status : "unknown";
}

}  // namespace

TEST_CASE("A container that was healthy while recording is healthy under its flags") {
  const Scratch scratch;
  {
    const Container container(scratch, "health");
    Background recording(scratch, Words{PROFILEGEN, "record", "--"} +
                                      docker_run(Words{"--name", container.name()} + options(), kBusybox, kCommand));
    REQUIRE(container.printed("ready"));
    CHECK(health(container) == "healthy");
    CHECK(container.stop() == 0);
    REQUIRE(recording.wait() == 0);
  }
  CHECK(app_calls(scratch.trace()).count("sched_getscheduler") == 1);
  (void)scratch.emit();
  const Container again(scratch, options() + bundle_flags(scratch), kBusybox, kCommand);
  CHECK(health(again) == "healthy");
  CHECK(again.stop() == 0);
}

TEST_CASE("A health check that was not recorded is refused what only it needs") {
  const Scratch scratch;
  (void)scratch.record(docker_run({"--rm"}, kBusybox, {"sh", "-c", "echo ready; sleep 0.1"}));
  (void)scratch.emit();
  const Container other(scratch, options() + bundle_flags(scratch), kBusybox, kCommand);
  CHECK(health(other) == "unhealthy");
}
