// SPDX-License-Identifier: Apache-2.0
// A container that does not start: the engine's own message comes first, and the filter is blamed only where nothing
// else explains it.
#include <catch2/catch.hpp>

#include "support/workload.h"

using namespace profilegen;

namespace {

const std::string kPlaces = "profilegen-test/places";

bool says(const Outcome& outcome, const std::string& text) { return outcome.err.find(text) != std::string::npos; }

Outcome verified(const Workload& work, const Words& options, const Words& command = {"true"},
                 const std::string& image = kPlaces) {
  return work.scratch().profilegen(Words{"verify", "profilegen-out", "--"} +
                                   docker_run(Words{"--rm", "--network", "none"} + options, image, command));
}

void check_cause(const Outcome& outcome, const std::string& cause) {
  INFO(outcome.err);
  CHECK(outcome.status == 1);
  CHECK(says(outcome, "no container ran; the command ended with status "));
  CHECK(says(outcome, cause));
  CHECK_FALSE(says(outcome, "the filter refuses"));
}

}  // namespace

TEST_CASE("The cause is what the engine's own message names") {
  const Workload work({}, kPlaces, "true");
  check_cause(verified(work, {"--tmpfs", "/srv/x:uid=nobody"}), "the kernel refuses a mount");
  check_cause(verified(work, {}, {"/no/such/program"}), "the image has no such program");
  check_cause(verified(work, {}, {"no-such-program"}), "the image has no such program");
  check_cause(verified(work, {}, {"/etc/passwd"}), "the program may not be executed");
  check_cause(verified(work, {"--user", "nosuchuser"}), "the image has no such user");
  check_cause(verified(work, {"--mount", "type=bind,source=" + work.scratch().path() + "/none,target=/srv"}),
              "what COMMAND mounts is not there");
  check_cause(verified(work, {"-w", "/etc/passwd"}), "the working directory is no directory");
  check_cause(verified(work, {"--runtime", "no-such-runtime"}), "the engine has no such runtime");
  check_cause(verified(work, {"--no-such-option"}), "the engine does not know one of the options");
  check_cause(verified(work, {}, {}, "profilegen-test/no-such-image"), "there is no such image here");
  const Container other(work.scratch(), {}, kPlaces, {"sleep", "60"});
  check_cause(verified(work, {"--name", other.name()}), "another container has that name");
}

TEST_CASE("Capabilities that the engine has not got are no lack of the filter") {
  const Workload work({}, kPlaces, "true");
  work.scratch().write("profilegen-out/docker.flags", work.artifact("docker.flags") + "--cap-add=NO_SUCH\n");
  check_cause(verified(work, {}), "does not know one of the capabilities");
}
