// SPDX-License-Identifier: Apache-2.0
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "scratch.h"

using Catch::Contains;
using Catch::StartsWith;

namespace {

const std::string kWeb = fixture("web.trace.json");
const char* const kHarmless = R"({"defaultAction": "SCMP_ACT_ALLOW", "syscalls": []})";
const char* const kRefused = R"({"defaultAction": "SCMP_ACT_DENY"})";

}  // namespace

TEST_CASE("lint: 0 for a clean filter, 1 for findings, 2 for a file that can't be read") {
  const Scratch scratch;
  scratch.write("good.json", kHarmless);
  scratch.write("bad.json", kRefused);
  scratch.write("text.json", "no filter");
  const Outcome good = scratch.profilegen({"lint", "good.json"});
  CHECK(good.status == 0);
  CHECK(good.out == "good.json: nothing found\n");
  const Outcome bad = scratch.profilegen({"lint", "good.json", "bad.json"});
  CHECK(bad.status == 1);
  CHECK_THAT(bad.out,
             Contains("bad.json: error: defaultAction: \"SCMP_ACT_DENY\" is refused") && Contains("[refused]\n"));
  for (const char* file : {"text.json", "missing.json"})
    CHECK(scratch.profilegen({"lint", "good.json", file}).status == 2);
  CHECK_THAT(scratch.profilegen({"lint", kWeb}).err, Contains("emit a policy of it first"));
  CHECK(scratch.profilegen({"lint", "-"}, kHarmless).status == 0);
}

TEST_CASE("lint: our own filters are clean in the way in which they are meant") {
  const Scratch scratch;
  REQUIRE(scratch.profilegen({"emit", kWeb, "-o", "out"}).status == 0);
  const Outcome bundle = scratch.profilegen({"lint", "out"});
  INFO(bundle.out);
  CHECK(bundle.status == 0);
  CHECK(scratch.profilegen({"lint", "out/profile.json"}).status == 0);
  scratch.write("alone.json", scratch.profilegen({"emit", kWeb, "--format", "seccomp"}).out);
  scratch.write("alone.yaml", scratch.profilegen({"emit", kWeb, "--format", "spo"}).out);
  for (const char* file : {"alone.json", "alone.yaml"}) {
    const Outcome alone = scratch.profilegen({"lint", file, "--runtime", "runc>=1.1.5"});
    INFO(alone.out);
    CHECK(alone.status == 0);
  }
  // The bundle's filter without its flags.
  const Outcome tight = scratch.profilegen({"lint", "out/seccomp.json", "--runtime", "runc>=1.1.5"});
  CHECK(tight.status == 1);
  CHECK_THAT(tight.out,
             StartsWith("out/seccomp.json: error: runc 1.1.15, runc 1.1.5, runc 1.3.6: containers start only "
                        "with no-new-privileges: ") &&
                 Contains("capset") && Contains("--format seccomp"));
  CHECK(scratch.profilegen({"lint", "out/seccomp.json", "--runtime", "runc>=1.1.5", "--no-new-privileges"}).status ==
        0);
}

TEST_CASE("lint: JSON and SARIF tell the same") {
  const Scratch scratch;
  scratch.write("bad file.json", kRefused);
  const auto document = nlohmann::json::parse(scratch.profilegen({"lint", "bad file.json", "--format", "json"}).out);
  CHECK(document.at("profilegen_lint") == 1);
  CHECK(document.at("faults") == 1);
  CHECK(document.at("files").at(0).at("findings").at(0).at("rule") == "refused");
  const auto sarif = nlohmann::json::parse(scratch.profilegen({"lint", "bad file.json", "--format", "sarif"}).out);
  const auto& result = sarif.at("runs").at(0).at("results").at(0);
  CHECK(result.at("ruleId") == "filter-refused");
  CHECK(result.at("locations").at(0).at("physicalLocation").at("artifactLocation").at("uri") == "bad%20file.json");
}

TEST_CASE("lint: an unknown runtime or format is an error") {
  const Scratch scratch;
  scratch.write("good.json", kHarmless);
  CHECK(scratch.profilegen({"lint", "good.json", "--runtime", "youki"}).status == 2);
  CHECK(scratch.profilegen({"lint", "good.json", "--format", "xml"}).status == 2);
  CHECK(scratch.profilegen({"lint"}).status == 2);
}
