// SPDX-License-Identifier: Apache-2.0
// A page has commands to copy. What a trace says must not become one.
#include <catch2/catch.hpp>

#include "profilegen/report.h"

using namespace profilegen;

TEST_CASE("A trace can name any engine, but no second command, nor a second word") {
  Trace trace;
  Run run;
  run.subject.engine = "docker";
  trace.runs["00000000000000aa"] = run;
  Profile profile;
  profile.container = true;
  const auto policy = policy_of(profile, "p");
  REQUIRE(policy);
  const auto commands = [&](const std::string& client) { return html_report({trace, *policy, {}, client}); };
  CHECK(commands("podman").find("-- podman run --rm IMAGE\n") != std::string::npos);
  CHECK(commands("x\nreboot;").find("-- $&#39;x\\012reboot;&#39; run --rm IMAGE\n") != std::string::npos);
}
