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
  CHECK(text.find("- file ``` /a`b``c</details>|@all\\x0A::error::x\\x1B[2J\xff%0A ```: `rw`") != std::string::npos);
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
                  "\\x0A::error::x\\x1B[2J\xff%250A (rw): changes programs\n") == 0);
  size_t notices = 0;
  for (size_t at = 0; (at = text.find("\n::notice ", at)) != std::string::npos; ++at) ++notices;
  CHECK(notices == 10);
  CHECK(text.find("::and 21 more of this kind\n") != std::string::npos);
}
