// SPDX-License-Identifier: Apache-2.0
// What another user has put into a directory that everybody may write to is not followed and not replaced. The kernel
// would do so for a shell's `>` as well; here it must not depend on its settings.
#include <catch2/catch.hpp>

#include "support/containers.h"

using namespace profilegen;

namespace {

const std::string kTrace = "trace.json";

/// A trace of ours, a file of ours that another user wants replaced, and a directory that both may write to.
void lay_out(const Scratch& scratch) {
  REQUIRE(scratch.profilegen({"record", "-q", "-o", kTrace, "--", "true"}).status == 0);
  REQUIRE(scratch.run({"sh", "-c", "chmod 755 . && echo ours >victim && mkdir -m 1777 shared"}).status == 0);
}

Outcome as_another(const Scratch& scratch, const std::string& script) {
  return scratch.run({"setpriv", "--reuid=1000", "--regid=1000", "--clear-groups", "sh", "-c", script});
}

std::string content(const Scratch& scratch, const std::string& name) { return scratch.run({"cat", name}).out; }

void check_refuses(const Scratch& scratch, const Words& command) {
  const Outcome outcome = scratch.profilegen(command);
  INFO(outcome.err);
  CHECK(outcome.status != 0);
  CHECK(outcome.err.find("another user") != std::string::npos);
}

}  // namespace

TEST_CASE("Another user's link in a shared directory is not followed") {
  const Scratch scratch;
  lay_out(scratch);
  REQUIRE(as_another(scratch, "ln -s ../victim shared/out").status == 0);
  check_refuses(scratch, {"record", "-q", "-o", "shared/out", "--", "true"});
  check_refuses(scratch, {"merge", kTrace, "-o", "shared/out"});
  check_refuses(scratch, {"report", kTrace, "-o", "shared/out"});
  CHECK(content(scratch, "victim") == "ours\n");
}

TEST_CASE("Another user's file in a shared directory is not replaced") {
  const Scratch scratch;
  lay_out(scratch);
  REQUIRE(as_another(scratch, "echo theirs >shared/out").status == 0);
  check_refuses(scratch, {"merge", kTrace, "-o", "shared/out"});
  CHECK(content(scratch, "shared/out") == "theirs\n");
}

TEST_CASE("A link of one's own in a shared directory is followed") {
  const Scratch scratch;
  lay_out(scratch);
  REQUIRE(scratch.run({"ln", "-s", "../victim", "shared/out"}).status == 0);
  CHECK(scratch.profilegen({"merge", "-q", kTrace, "-o", "shared/out"}).status == 0);
  CHECK(content(scratch, "victim") == content(scratch, kTrace));
}
