// SPDX-License-Identifier: Apache-2.0
// What capabilities were used for in a container, as explain, the report, the advice and verify tell it.
#include <catch2/catch.hpp>

#include "support/workload.h"

using namespace profilegen;

namespace {

const std::string kPython = "profilegen-test/python";
const std::string kWrite =
    "cd /tmp && echo x >log && chown 33:4 log && chmod 640 log && echo y >>log && cat log >read && echo done";

bool contains(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

}  // namespace

TEST_CASE("A file behind a capability is told by explain, report, advice and the profile, with the container's names") {
  const Workload work({}, kPython, kWrite);
  const std::string names = work.scratch().run(docker_run({"--rm"}, kPython, {"cat", "/etc/passwd", "/etc/group"})).out;
  const std::string owner = contains(names, "www-data:x:33:") ? "www-data" : "33";
  const std::string group = contains(names, "adm:x:4:") ? "adm" : "4";
  const std::string write = "write of /tmp/log, 0640 " + owner + ":" + group + ", as root";
  const std::string chown = "chown of /tmp/log, to " + owner + ":" + group + ", as root";

  const auto explained = [&](const std::string& capability) {
    return work.scratch().profilegen({"explain", "profilegen-trace.json", capability}).out;
  };
  CHECK(contains(explained("DAC_OVERRIDE"), "  for " + write + ", by sh\n"));
  CHECK(contains(explained("CHOWN"), "chown of /tmp/log"));
  const std::string advice = work.artifact("advice.txt");
  INFO(advice);
  CHECK(contains(advice, "    it was needed for: " + write + "\n"));
  CHECK(contains(advice, "or start the program as its owner: --user=33:4"));
  CHECK(contains(advice, "\nwithout CAP_CHOWN\n    it was needed for: " + chown + "\n"));
  REQUIRE(work.scratch().profilegen({"report", "profilegen-trace.json", "-o", "report.html"}).status == 0);
  CHECK(contains(work.scratch().read("report.html"), "for " + write));
  check_passes(work);
}

TEST_CASE("verify names the file for which a capability is missing") {
  const Workload work({}, kPython, kWrite);
  Profile profile = work.profile();
  REQUIRE(profile.capabilities.erase("DAC_OVERRIDE") == 1);
  work.scratch().write("changed.json", format_profile(profile));
  REQUIRE(work.scratch().profilegen({"emit", "changed.json", "-o", "broken"}).status == 0);
  const Outcome outcome = work.scratch().profilegen(
      Words{"verify", "broken", "--"} + docker_run({"--rm", "--network", "none"}, kPython, {"sh", "-c", kWrite}));
  INFO(outcome.err);
  CHECK(outcome.status == 1);
  CHECK(contains(outcome.err, "denied: capability DAC_OVERRIDE for openat: write of /tmp/log, 0640 "));
}
