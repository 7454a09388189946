// SPDX-License-Identifier: Apache-2.0
#include <catch2/catch.hpp>

#include "support/containers.h"

TEST_CASE("A write in a container is recorded with its path in the container's view") {
  const Scratch scratch;
  const auto trace = scratch.record(docker_run({"--rm"}, "profilegen-test/busybox", {"touch", "/root/file"}));
  CHECK(writes(trace).count("create /root/file") == 1);
}
