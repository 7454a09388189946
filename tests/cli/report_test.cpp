// SPDX-License-Identifier: Apache-2.0
#include <catch2/catch.hpp>

#include "scratch.h"

using Catch::Contains;
using Catch::EndsWith;
using Catch::StartsWith;

TEST_CASE("A report of a trace is one page, the same each time") {
  const Scratch scratch;
  const Outcome outcome = scratch.profilegen({"report", fixture("web.trace.json"), "-o", "report.html"});
  CHECK(outcome.status == 0);
  CHECK(outcome.err == "profilegen: report.html: open it in a browser\n");
  const std::string page = scratch.read("report.html");
  CHECK_THAT(page, StartsWith("<!doctype html>") && EndsWith("</html>\n"));
  CHECK_THAT(page, Contains("<code>accept4</code>") && Contains("<code>CAP_NET_BIND_SERVICE</code>") &&
                       Contains("--cap-add=NET_BIND_SERVICE") && !Contains("id=\"comparison\""));
  CHECK(scratch.profilegen({"report", fixture("web.trace.json"), "-o", "-"}).out == page);
}

TEST_CASE("A report of several traces tells of all of them") {
  const Scratch scratch;
  const Outcome outcome =
      scratch.profilegen({"report", fixture("web.trace.json"), fixture("worker.trace.json"), "-o", "-"});
  CHECK_THAT(outcome.out, Contains("Image <code>example/web:1, example/worker:1</code>") && Contains("example/web:1") &&
                              Contains("example/worker:1"));
}

TEST_CASE("A report compares with whatever diff takes") {
  const Scratch scratch;
  REQUIRE(scratch.profilegen({"emit", fixture("worker.trace.json"), "-o", "policy"}).status == 0);
  for (const std::string& other : {fixture("worker.trace.json"), std::string("policy"), fixture("moby.json")}) {
    CAPTURE(other);
    const Outcome outcome = scratch.profilegen({"report", fixture("web.trace.json"), "--compare", other, "-o", "-"});
    CHECK(outcome.status == 0);
    CHECK_THAT(outcome.out, Contains("id=\"comparison\"") && Contains("<span class=\"yes\">allowed</span>"));
  }
}

TEST_CASE("What has no evidence gives no report, and what was there stays") {
  const Scratch scratch;
  REQUIRE(scratch.profilegen({"emit", fixture("web.trace.json"), "-o", "policy"}).status == 0);
  scratch.write("report.html", "before");
  for (const std::string& input : {std::string("policy"), fixture("moby.json")}) {
    const Outcome outcome = scratch.profilegen({"report", input, "-o", "report.html"});
    CHECK(outcome.status == 2);
    CHECK_THAT(outcome.err, Contains("has no evidence in it; give the recording that it was made of"));
    CHECK(scratch.read("report.html") == "before");
  }
  CHECK(scratch.profilegen({"report", "nowhere.json", "-o", "report.html"}).status == 2);
  CHECK(scratch.profilegen({"report", fixture("web.trace.json"), "-o", "no/where/report.html"}).status == 2);
}

TEST_CASE("A report of a process tree shows no flags of an engine") {
  const Scratch scratch;
  const std::string page = scratch.profilegen({"report", fixture("tree.trace.json"), "-o", "-"}).out;
  CHECK_THAT(page, Contains("--format systemd") && !Contains("--read-only"));
}

TEST_CASE("A report of lost evidence says so at the top") {
  const Scratch scratch;
  const std::string page = scratch.profilegen({"report", fixture("lossy.trace.json"), "-o", "-"}).out;
  CHECK_THAT(page, Contains("<strong>Not to be trusted yet:</strong> the recording is incomplete: "));
}
