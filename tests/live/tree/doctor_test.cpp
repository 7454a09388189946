// SPDX-License-Identifier: Apache-2.0
// `doctor` predicts what `record` can do: as root, as nobody, with some of the capabilities, and without BTF.
#include <catch2/catch.hpp>

#include "support/recorded.h"

namespace {

// Runs both with the same launcher; the verdict must match.
void check_agrees(const Scratch& scratch, const Words& launcher, bool can_record) {
  const auto run = [&](const Words& arguments) {
    Words words = launcher;
    words.emplace_back(PROFILEGEN);
    words.insert(words.end(), arguments.begin(), arguments.end());
    return scratch.run(words);
  };
  const Outcome doctor = run({"doctor"});
  const Outcome record = run({"record", "-o", "-", "--", "true"});
  INFO(doctor.out << doctor.err << record.err);
  CHECK(doctor.status == (can_record ? 0 : 1));
  CHECK(record.status == (can_record ? 0 : 125));
  CHECK((doctor.out.find("\ncan record: no") == std::string::npos) == can_record);
  if (!can_record) CHECK(doctor.out.find("  missing ") != std::string::npos);
}

}  // namespace

TEST_CASE("The doctor agrees with record") {
  const Scratch scratch;
  check_agrees(scratch, {}, true);
  check_agrees(scratch, {"setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"}, false);
  check_agrees(scratch, {"setpriv", "--bounding-set=-all,+bpf,+perfmon", "--inh-caps=-all"}, false);
  check_agrees(scratch,
               {"setpriv", "--bounding-set=-all,+bpf,+perfmon,+sys_ptrace,+dac_read_search", "--inh-caps=-all"}, true);
  check_agrees(scratch, {"unshare", "--user", "--map-root-user"}, false);
  check_agrees(scratch, {"unshare", "--mount", "sh", "-c", "mount -t tmpfs none /sys/kernel && exec \"$@\"", "sh"},
               false);
}

TEST_CASE("Who may not record is sent to the doctor") {
  const Scratch scratch;
  const Outcome outcome = scratch.run(
      {"setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", PROFILEGEN, "record", "-o", "-", "--", "true"});
  CHECK(outcome.status == 125);
  CHECK(outcome.err.find("profilegen doctor") != std::string::npos);
}
