// SPDX-License-Identifier: Apache-2.0
// verify --check and --restart: a service is checked, stopped, started again, and checked once more.
#include <catch2/catch.hpp>

#include "support/background.h"
#include "support/workload.h"

using namespace profilegen;
using Catch::Contains;

namespace {

const std::string kPlaces = "profilegen-test/places";
const std::string kBusybox = "profilegen-test/busybox";

// The first start writes the file, each start prints it.
const std::string kCounting =
    "[ -f /srv/empty/state ] || echo first >/srv/empty/state; read x </srv/empty/state; echo $x; echo $x again "
    ">/srv/empty/state";

void write_bundle_of(const Workload& work, const Profile& profile, const std::string& directory) {
  work.scratch().write("changed.json", format_profile(profile));
  REQUIRE(work.scratch().profilegen({"emit", "changed.json", "-o", directory}).status == 0);
}

/// Verifies a container of a name of its own, which is removed afterwards.
Outcome verified(const Scratch& scratch, const Words& options, const Words& run_options, const std::string& image,
                 const std::string& script) {
  const Container container(scratch, "verified");
  return scratch.profilegen(
      Words{"verify"} + options + Words{"--"} +
      docker_run(Words{"--name", container.name(), "--network", "none"} + run_options, image, {"sh", "-c", script}));
}

}  // namespace

TEST_CASE("Data that a bundle keeps in a tmpfs by mistake is named after a restart, and --fix keeps it") {
  const Workload work({}, kPlaces, kCounting);
  const Outcome right = verified(work.scratch(), {"profilegen-out", "--restart"}, {}, kPlaces, kCounting);
  INFO(right.err);
  CHECK(right.status == 0);
  CHECK(right.out == "first\nfirst again\n");
  CHECK_THAT(right.err, Contains("first start: the command succeeded, and nothing was denied") &&
                            Contains("second start: the command succeeded, and nothing was denied") &&
                            !Contains("lost"));

  Profile profile = work.profile();
  profile.holes.at("/srv/empty") = {.reason = "by mistake", .size = 64 << 20};
  write_bundle_of(work, profile, "wrong");
  const Outcome wrong = verified(work.scratch(), {"wrong", "--restart", "--fix", "fixed"}, {}, kPlaces, kCounting);
  INFO(wrong.err);
  CHECK(wrong.status == 1);
  CHECK(wrong.out == "first\nfirst\n");
  CHECK_THAT(wrong.err, Contains("profilegen: lost at the restart: /srv/empty/state, which lay in the policy's tmpfs "
                                 "/srv/empty; a volume keeps it: --volume=/srv/empty") &&
                            Contains("fixed keeps what was lost"));
  CHECK(verified(work.scratch(), {"wrong"}, {}, kPlaces, kCounting).status == 0);  // one start does not show it
  const Outcome fixed = verified(work.scratch(), {"fixed", "--restart"}, {}, kPlaces, kCounting);
  INFO(fixed.err);
  CHECK(fixed.status == 0);
  CHECK(fixed.out == "first\nfirst again\n");
}

TEST_CASE("What only the second start does is named with that start, and --fix allows it") {
  const std::string script =
      "cat /srv/content/shipped >/tmp/copy; [ -f /srv/empty/state ] && mkdir /tmp/again; echo x >/srv/empty/state";
  const Workload work({}, kPlaces, script);
  const Outcome outcome =
      verified(work.scratch(), {"profilegen-out", "--restart", "--fix", "fixed"}, {}, kPlaces, script);
  INFO(outcome.err);
  CHECK(outcome.status == 1);
  CHECK_THAT(outcome.err, Contains("profilegen: denied in the second start: syscall mkdir, answered EPERM, by mkdir") &&
                              !Contains("denied in the first start"));
  const Outcome again = verified(work.scratch(), {"fixed", "--restart"}, {}, kPlaces, script);
  INFO(again.err);
  CHECK(again.status == 0);
}

TEST_CASE("A service is checked in both starts, and stopped") {
  const std::string script = "[ -f /srv/empty/state ] && echo found; echo x >/srv/empty/state; " + until_stopped();
  const std::string check =
      "docker logs $PROFILEGEN_CONTAINER >log-$PROFILEGEN_START; [ $PROFILEGEN_START = 1 ] || grep -q found log-2";
  const Workload work(
      {}, kPlaces,
      "trap 'exit 0' TERM; [ -f /srv/empty/state ] && echo found; echo x >/srv/empty/state; echo ready; "
      "sleep 9 & (sleep 1; kill $$) & wait");
  const Words detached = GENERATE(Words{}, Words{"-d"});
  const Outcome outcome =
      verified(work.scratch(), {"profilegen-out", "--restart", "--check", check}, detached, kPlaces, script);
  INFO(outcome.err);
  CHECK(outcome.status == 0);
  CHECK_THAT(outcome.err, Contains("first start: the check passed, and nothing was denied") &&
                              Contains("second start: the check passed, and nothing was denied"));
  CHECK(work.scratch().read("log-1").find("found") == std::string::npos);
  CHECK(work.scratch().read("log-2").find("found") != std::string::npos);
}

TEST_CASE("A check that fails is the command's failure, and a container that ends before it, too") {
  const Workload work({}, kPlaces, "echo done");
  const Outcome early = verified(work.scratch(), {"profilegen-out", "--check", "true"}, {}, kPlaces, "echo done");
  INFO(early.err);
  CHECK(early.status == 1);
  CHECK_THAT(early.err, Contains("the container ended by itself with status 0, before the check could be run"));
}

TEST_CASE("A service without a check must come up each time: its health says so") {
  const Words health{"--health-cmd", "true", "--health-interval", "1s", "-d"};
  const Scratch scratch;
  {
    const Container container(scratch, "healthy");
    Background recording(
        scratch, Words{PROFILEGEN, "record", "--"} +
                     docker_run(Words{"--name", container.name()} + health, kBusybox, {"sh", "-c", until_stopped()}));
    REQUIRE(container.printed("ready"));
    REQUIRE(wait_until([&] { return container.inspect("{{.State.Health.Status}}") == "healthy"; }));
    CHECK(container.stop() == 0);
    REQUIRE(recording.wait() == 0);
  }
  (void)scratch.emit();
  const Outcome outcome = verified(scratch, {"profilegen-out", "--restart"}, health, kBusybox, until_stopped());
  INFO(outcome.err);
  CHECK(outcome.status == 0);
  CHECK_THAT(outcome.err, Contains("second start: the container is up, and nothing was denied"));
}

TEST_CASE("A container that is removed when it stops can't be started again, which is told before it runs") {
  const Workload work({}, kPlaces, "echo done");
  const Outcome outcome = verified(work.scratch(), {"profilegen-out", "--restart"}, {"--rm"}, kPlaces, "echo done");
  CHECK(outcome.status == 2);
  CHECK(outcome.out.empty());
  CHECK_THAT(outcome.err, Contains("--restart: COMMAND has --rm, so there is no container to start again") &&
                              Contains("leave --rm out"));
}
