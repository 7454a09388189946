// SPDX-License-Identifier: Apache-2.0
// What a stop of the container may lose and what not: recorded, and then restarted under the policy.
#include <catch2/catch.hpp>

#include "support/workload.h"

namespace {

const std::string kPlaces = "profilegen-test/places";

// The first start writes the file, and each start prints it.
std::string counting(const std::string& file) {
  return "[ -f " + file + " ] || echo first >" + file + "; read x <" + file + "; echo $x; echo $x again >" + file;
}

void done(const Outcome& outcome) {
  INFO(outcome.err);
  CHECK(outcome.status == 0);
}

/// Starts a container under the flags, and starts it once more when it has ended. Returns what both printed.
std::string twice(const Scratch& scratch, const Words& flags, const std::string& script) {
  const std::string name = unique_name("twice");
  done(scratch.run(Words{"docker", "create", "--name", name, "--network", "none"} + flags +
                   Words{kPlaces, "sh", "-c", script}));
  for (int start = 0; start < 2; ++start) done(scratch.run({"docker", "start", "--attach", name}));
  const std::string out = scratch.run({"docker", "logs", name}).out;
  done(scratch.run({"docker", "rm", "--force", "--volumes", name}));
  return out;
}

}  // namespace

TEST_CASE("What is written outside of temporary places is there after a restart, and emit tells both flags") {
  const Workload work({}, kPlaces, counting("/srv/empty/state"));
  CHECK(work.hole_flags() == "--read-only\n--volume=/srv/empty\n");
  CHECK(work.profile().holes.at("/srv/empty").uncertain);
  CHECK(work.artifact("mounts.txt").find("by --volume=/srv/empty; if it may be lost, use --tmpfs=/srv/empty:") !=
        std::string::npos);
  CHECK(twice(work.scratch(), bundle_flags(work.scratch()), counting("/srv/empty/state")) == "first\nfirst again\n");
}

TEST_CASE("A recorded restart proves what is read again, also in a temporary place") {
  const Scratch scratch;
  const std::string name = unique_name("again");
  const std::string script = counting("/tmp/state") + "; echo $$ >/run/app.pid";
  REQUIRE(scratch.run({"docker", "create", "--name", name, "--network", "none", kPlaces, "sh", "-c", script}).status ==
          0);
  const Outcome recorded = scratch.profilegen({"record", "--container", name, "-o", "traces/", "--", "sh", "-c",
                                               "docker start -a " + name + " && docker start -a " + name});
  INFO(recorded.err);
  CHECK(recorded.status == 0);
  CHECK(recorded.out == "first\nfirst again\n");
  REQUIRE(scratch.profilegen({"emit", "traces", "-o", "profilegen-out"}).status == 0);
  const auto profile = profilegen::load_profile(scratch.path() + "/profilegen-out/profile.json");
  REQUIRE(profile);
  const profilegen::Hole& hole = profile->holes.at("/tmp");
  CHECK(hole.kind == profilegen::HoleKind::volume);
  CHECK_FALSE(hole.uncertain);
  CHECK(hole.reason.find("/tmp/state read again after a restart") != std::string::npos);
  CHECK(profile->holes.at("/run").kind == profilegen::HoleKind::tmpfs);
  CHECK(twice(scratch, bundle_flags(scratch), script) == "first\nfirst again\n");
  done(scratch.run({"docker", "rm", "--force", name}));
}

TEST_CASE("A name that is removed and made again is data: only a look at the end of the run tells") {
  const Workload again({}, kPlaces, "cd /srv/empty && echo 1 >last && rm last && echo 2 >next && mv next last");
  CHECK(again.hole_flags() == "--read-only\n--volume=/srv/empty\n");
  const Workload gone({}, kPlaces, "cd /srv/empty && echo 1 >last && rm last && echo 2 >last && rm last");
  CHECK(gone.profile().holes.at("/srv/empty").kind == profilegen::HoleKind::tmpfs);
  CHECK(gone.profile().holes.at("/srv/empty").uncertain);
  check_passes(gone);
}

TEST_CASE("A directory that the image has in a tmpfs is there under the policy") {
  const std::string image = "profilegen-test/run-directories";
  const Scratch scratch;
  const std::string name = unique_name("made");
  REQUIRE(scratch
              .run({"docker", "run", "--name", name, kPlaces, "sh", "-c",
                    "mkdir -p /run/app/inner && chmod 711 /run/app && chown 1000:2000 /run/app && echo x >/run/left"})
              .status == 0);
  REQUIRE(scratch.run({"docker", "commit", name, image}).status == 0);
  const Workload work({}, image, "echo $$ >/run/app.pid && stat -c '%a %u %g' /run/app && cd /run/app/inner && pwd");
  CHECK(work.profile().holes.at("/run").kind == profilegen::HoleKind::tmpfs);
  CHECK(work.profile().holes.at("/run").directories.size() == 2);
  check_passes(work);
  const Workload reads({}, image, "echo $$ >/run/app.pid && cat /run/left");
  CHECK(reads.hole_flags() == "--read-only\n--volume=/run\n");
  check_passes(reads);
  done(scratch.run({"docker", "rm", name}));
  done(scratch.run({"docker", "rmi", image}));
}
