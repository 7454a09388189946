// SPDX-License-Identifier: Apache-2.0
// Guarantees of the formats for other programs, for changes however large or hostile.
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "formats/support/registry.h"

using namespace profilegen;

namespace {

const std::string kHostile = "/a`b``c</details>|@all\n::error::x\x1b[2J\xff%0A";

DiffReport report(size_t changes) {
  DiffReport made;
  made.before = "policy/profile, v1.json";
  made.after = "new.json";
  made.changes.push_back({ChangeKind::file, kHostile, Direction::added, "rw", Risk::high, "changes programs"});
  for (size_t i = 0; i < changes; ++i)
    made.changes.push_back({ChangeKind::file, std::string(300, 'x') + std::to_string(i), Direction::added, "r",
                            Risk::low, "reads a file"});
  made.changes.push_back({ChangeKind::syscall, "bpf", Direction::removed});
  made.ignored.push_back({{ChangeKind::syscall, "ptrace", Direction::added, "", Risk::high, "reads memory"},
                          {ChangeKind::syscall, "ptrace", "2027-01-01", "the debugger's tests", 1}});
  made.notes = {"a note"};
  return made;
}

}  // namespace

TEST_CASE("Markdown: however large, below the limit, and it says what it left out") {
  const std::string text = diff::format_markdown(report(100'000), false);
  CHECK(text.size() < 65'000);
  CHECK(text.find("which `profilegen diff` shows as text") != std::string::npos);
  CHECK(text.find("No longer allowed (1)") != std::string::npos);
  size_t opened = 0;
  size_t closed = 0;
  for (size_t at = 0; (at = text.find("\n<details", at)) != std::string::npos; ++at) ++opened;
  for (size_t at = 0; (at = text.find("\n</details>\n", at)) != std::string::npos; ++at) ++closed;
  CHECK(opened == 5);
  CHECK(opened == closed);
}

TEST_CASE("Markdown: nothing in a name is markup") {
  const std::string text = diff::format_markdown(report(0), false);
  CHECK(text.find("- file ``` /a`b``c</details>|@all\\x0A:\\x3Aerror:\\x3Ax\\x1B[2J\\xFF%0A ```: `rw`") !=
        std::string::npos);
  CHECK(text.find("- syscall `ptrace`: `the debugger's tests` until 2027-01-01") != std::string::npos);
}

TEST_CASE("JSON and SARIF are valid UTF-8 with bytes that are not") {
  for (const auto format : {diff::format_json, diff::format_sarif}) {
    const auto root = nlohmann::json::parse(format(report(2), false));
    CHECK(root.dump().find("\\\\xff") != std::string::npos);
  }
}

TEST_CASE("JSON says which changes fail, and why the others don't count") {
  const auto root = nlohmann::json::parse(diff::format_json(report(0), false));
  CHECK(root.at("failing") == 1);
  CHECK(root.at("changes").size() == 2);
  CHECK(root.at("changes")[0].at("risk") == "high");
  CHECK(root.at("changes")[1].at("failing") == false);
  CHECK(root.at("ignored")[0].at("reason") == "the debugger's tests");
  CHECK(root.at("ignored")[0].at("until") == "2027-01-01");
}

TEST_CASE("SARIF: one rule for each kind and risk, at most 5000 results, ignored ones suppressed") {
  const auto root = nlohmann::json::parse(diff::format_sarif(report(10'000), false));
  const auto& run = root.at("runs")[0];
  CHECK(run.at("results").size() == 5000);
  const auto small = nlohmann::json::parse(diff::format_sarif(report(1), false)).at("runs")[0];
  CHECK(small.at("tool").at("driver").at("rules").size() == 3);
  REQUIRE(small.at("results").size() == 3);
  CHECK(small.at("results")[0].at("level") == "error");
  CHECK(small.at("results")[0].at("locations")[0].at("physicalLocation").at("artifactLocation").at("uri") ==
        "policy/profile%2C%20v1.json");
  CHECK(small.at("results")[2].at("suppressions")[0].at("justification") == "the debugger's tests");
}

TEST_CASE("GitHub: one line for each annotation, no more than are shown, and no name that is a command") {
  const std::string text = diff::format_github(report(30), false);
  CHECK(text.find("::error file=policy/profile%2C v1.json,title=newly allowed%2C high risk::file /a`b``c</details>|@all"
                  "\\x0A:\\x3Aerror:\\x3Ax\\x1B[2J\\xFF%250A (rw): changes programs\n") == 0);
  size_t notices = 0;
  for (size_t at = 0; (at = text.find("\n::notice ", at)) != std::string::npos; ++at) ++notices;
  CHECK(notices == 10);
  CHECK(text.find("::and 21 more of this kind\n") != std::string::npos);
}

TEST_CASE("No format has an order to a CI runner in a name, nor marks that people can't see") {
  DiffReport made = report(0);
  made.changes.push_back({ChangeKind::file, "/x##[error]::warning::\xc2\x85\xe2\x80\xae", Direction::added, "##[group]",
                          Risk::high, "reads"});
  made.ignored[0].exemption.reason = "##[error]a";
  made.notes = {"##vso[task.setvariable]\xe2\x81\xa6"};
  for (const auto format :
       {diff::format_text, diff::format_json, diff::format_sarif, diff::format_markdown, diff::format_github}) {
    const std::string text = format(made, false);
    INFO(text);
    CHECK(text.find("##[") == std::string::npos);
    CHECK(text.find("##vso") == std::string::npos);
    CHECK(text.find("::warning::") == std::string::npos);
    CHECK(text.find("\xc2\x85") == std::string::npos);
    CHECK(text.find("\xe2\x80\xae") == std::string::npos);
    CHECK(text.find("\xe2\x81\xa6") == std::string::npos);
  }
  const auto root = nlohmann::json::parse(diff::format_json(made, false));
  CHECK(root.at("changes")[2].at("item") == "/x##[error]::warning::\xc2\x85\xe2\x80\xae");
}

TEST_CASE("Markdown cuts a long name between its characters") {
  DiffReport made;
  made.changes.push_back({ChangeKind::file, "/a" + std::string(397, 'x') + "\xe2\x82\xac", Direction::added, "r"});
  const std::string text = diff::format_markdown(made, false);
  CHECK(text.find("x...`") != std::string::npos);
  CHECK(text.find('\xe2') == text.find("\xe2\x80\x94"));  // the dash of the format itself
}
