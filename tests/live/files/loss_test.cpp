// SPDX-License-Identifier: Apache-2.0
// Nothing is lost when much happens, and what can't be recorded is reported.
#include <catch2/catch.hpp>

#include "support/workload.h"

namespace {

const std::string kPlaces = "profilegen-test/places";

size_t count(const std::set<std::string>& lines, const std::string& begin) {
  size_t found = 0;
  for (const std::string& line : lines) found += line.starts_with(begin) ? 1 : 0;
  return found;
}

/// Records a script with paths that can't all be recorded, and checks what `emit` says.
void check_told(const std::string& script) {
  const Scratch scratch;
  const Outcome recorded = scratch.profilegen(Words{"record", "--"} +
                                              docker_run({"--rm", "--network", "none"}, kPlaces, {"sh", "-c", script}));
  INFO(recorded.err);
  REQUIRE(recorded.status == 0);
  const auto trace = profilegen::load_trace(scratch.path() + "/profilegen-trace.json");
  REQUIRE(trace);
  const auto& loss = only_run(*trace).loss;
  REQUIRE(loss.count("paths") == 1);
  CHECK(loss.at("paths") > 0);
  CHECK(writes(*trace).count("create /srv/empty/recorded") == 1);

  const Outcome refused = scratch.profilegen({"emit", "profilegen-trace.json"});
  CHECK(refused.status == 1);
  CHECK(refused.err.find("paths") != std::string::npos);
  CHECK_FALSE(scratch.exists("profilegen-out"));

  const Outcome accepted = scratch.profilegen({"emit", "--allow-incomplete", "profilegen-trace.json"});
  CHECK(accepted.status == 0);
  CHECK(scratch.read("profilegen-out/mounts.txt").find("# incomplete: ") == 0);
}

}  // namespace

TEST_CASE("20 000 files made as fast as a container can are all recorded") {
  const std::string names = "cd /work && seq 20000 | sed s/^/long-enough-to-be-a-name-/ | xargs ";
  const Workload files({"--tmpfs", "/work"}, kPlaces, names + "touch");
  CHECK(count(writes(files.trace()), "create /work/long-enough-to-be-a-name-") == 20000);
  // The kernel part sends these by name, and names take longest to resolve.
  const Workload directories({"--tmpfs", "/work"}, kPlaces, names + "mkdir");
  CHECK(count(writes(directories.trace()), "mkdir /work/long-enough-to-be-a-name-") == 20000);
}

TEST_CASE("One rule covers the many names that a program makes up, and they are all allowed") {
  const Workload work({}, kPlaces, "cd /srv/empty && seq 2000 | sed 's/$/.tmp/' | xargs touch");
  CHECK(work.profile().files.size() < 20);
  CHECK(work.profile().files.count("/srv/empty/[0-9]*.tmp") == 1);
  check_passes(work);
}

TEST_CASE("A path of more components than are walked is counted, and emit refuses") {
  check_told(
      ": >/srv/empty/recorded; cd /srv/empty; i=0; while [ $i -lt 140 ]; do mkdir d && cd d || exit; i=$((i+1)); done; "
      ": >file");
}

TEST_CASE("A path of more than 4096 bytes is counted, and emit refuses") {
  check_told(
      ": >/srv/empty/recorded; name=0123456789; for i in 1 2 3 4; do name=$name$name; done; cd /srv/empty; i=0; "
      "while [ $i -lt 28 ]; do mkdir $name && cd -P $name || exit; i=$((i+1)); done; : >file");
}
