// SPDX-License-Identifier: Apache-2.0
// `doctor` on this machine, whatever it supports: both formats agree, and the exit status fits.
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "scratch.h"

using Catch::Contains;

TEST_CASE("The doctor's JSON has its documented fields, and the status goes with the verdict") {
  const Scratch scratch;
  const Outcome outcome = scratch.profilegen({"doctor", "--format", "json"});
  const auto document = nlohmann::json::parse(outcome.out);
  CHECK(document.at("profilegen_doctor") == 1);
  const std::string verdict = document.at("verdict");
  CHECK((verdict == "yes" || verdict == "yes-but" || verdict == "no"));
  CHECK(outcome.status == (verdict == "no" ? 1 : 0));
  CHECK_THAT(document.at("next").get<std::string>(), Contains("profilegen "));
  bool limited = false;
  bool missing = false;
  for (const auto& finding : document.at("findings")) {
    CAPTURE(finding.dump());
    CHECK(finding.size() == 6);
    const std::string health = finding.at("health");
    limited = limited || health == "limited";
    missing = missing || health == "missing";
    CHECK((health == "limited" || health == "missing") == !finding.at("lost").get<std::string>().empty());
    for (const char* field : {"section", "name", "value", "remedy"}) CHECK(finding.at(field).is_string());
  }
  if (verdict == "yes") CHECK_FALSE((limited || missing));
  if (verdict == "no") CHECK(missing);
}

TEST_CASE("The doctor's text ends with the verdict and the next command") {
  const Scratch scratch;
  const Outcome outcome = scratch.profilegen({"doctor"});
  CHECK((outcome.status == 0 || outcome.status == 1));
  CHECK(outcome.err.empty());
  for (const char* section :
       {"kernel\n", "\nuser\n", "\nhooks\n", "\nsettings\n", "\ncgroups\n", "\nengines\n", "\nruntimes\n"})
    CHECK_THAT(outcome.out, Contains(section));
  const size_t verdict = outcome.out.find("\ncan record: ");
  REQUIRE(verdict != std::string::npos);
  CHECK_THAT(outcome.out.substr(verdict), Contains("\nnext: "));
  CHECK(scratch.profilegen({"doctor", "--format", "xml"}).status == 2);
}
