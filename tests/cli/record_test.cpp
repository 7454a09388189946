// SPDX-License-Identifier: Apache-2.0
// Errors that `record` reports before it needs privileges: status 125, one line, and COMMAND is not run.
#include <algorithm>
#include <catch2/catch.hpp>

#include "scratch.h"

using Catch::Contains;
using Catch::StartsWith;

namespace {

std::string refusal(const Scratch& scratch, const Arguments& options) {
  Arguments arguments{"record"};
  arguments.insert(arguments.end(), options.begin(), options.end());
  CAPTURE(arguments);
  const Outcome outcome = scratch.profilegen(arguments);
  CHECK(outcome.status == 125);
  CHECK(outcome.out.empty());
  CHECK_THAT(outcome.err, StartsWith("profilegen: "));
  CHECK(std::count(outcome.err.begin(), outcome.err.end(), '\n') == 1);
  return outcome.err;
}

const std::string kNobody = "4194304";  // above the largest possible pid

}  // namespace

TEST_CASE("What is recorded must be said, and once") {
  const Scratch scratch;
  CHECK_THAT(refusal(scratch, {}), Contains("needs a COMMAND, --container, --all-containers or --pid"));
  CHECK_THAT(refusal(scratch, {"--duration", "5s"}), Contains("needs a COMMAND"));
  CHECK_THAT(refusal(scratch, {"--pid", "1", "--", "true"}), Contains("--pid") && Contains("COMMAND"));
  CHECK_THAT(refusal(scratch, {"--pid", "1", "--container", "web"}), Contains("--pid") && Contains("containers"));
  CHECK_THAT(refusal(scratch, {"--pid", "1", "--all-containers"}), Contains("--pid") && Contains("containers"));
  CHECK_THAT(refusal(scratch, {"--all-containers", "--container", "web"}), Contains("--all-containers"));
}

TEST_CASE("A length of time is a number of seconds, or numbers with units from long to short") {
  const Scratch scratch;
  for (const char* good : {"30", "30s", "5m", "1h", "1h30m", "500ms", "1h2m3s4ms", "10000h"})
    CHECK_THAT(refusal(scratch, {"--duration", good, "--pid", kNobody}), Contains("process " + kNobody));
  for (const char* bad : {"", "abc", "5x", "-5", "1.5h", "1m1h", "30s5", "5 s", "1h 3m", "s", "5S", "5ms5ms",
                          "99999999999999999999", "1e3"}) {
    const std::string said = refusal(scratch, {"--duration", bad, "--pid", kNobody});
    CHECK_THAT(said, Contains(std::string("--duration ") + bad + ": ") && Contains("30, 30s, 5m, 1h30m or 500ms"));
  }
  CHECK_THAT(refusal(scratch, {"--duration", "0ms", "--pid", kNobody}), Contains("0ms: is zero"));
  CHECK_THAT(refusal(scratch, {"--duration", "10000h1ms", "--pid", kNobody}), Contains("more than 10000h"));
}

TEST_CASE("A process that can't be recorded is named, with the reason") {
  const Scratch scratch;
  CHECK_THAT(refusal(scratch, {"--pid", kNobody}), Contains("process " + kNobody + ": does not exist"));
  for (const char* bad : {"abc", "-1", "0", "99999999999"})
    CHECK_THAT(refusal(scratch, {"--pid", bad}), Contains("--pid") && Contains(bad));
}

TEST_CASE("An output that can't be is refused before COMMAND runs") {
  const Scratch scratch;
  const std::string loop = scratch.path() / "loop";
  std::filesystem::create_symlink("loop", loop);
  const std::string end = scratch.path() / std::string(300, 'x');
  for (const std::string& output : {end, end + "/", loop, loop + "/", loop + "/trace.json"}) {
    const std::string said = refusal(scratch, {"-o", output, "--", "touch", scratch.path() / "ran"});
    CHECK_THAT(said, Contains("choose another -o"));
    CHECK_FALSE(scratch.exists("ran"));
  }
}
