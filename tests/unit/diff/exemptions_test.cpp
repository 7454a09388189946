// SPDX-License-Identifier: Apache-2.0
#include <catch2/catch.hpp>

#include "profilegen/diff.h"

using namespace profilegen;

namespace {

Policy policy(const std::set<std::string>& calls) {
  Profile profile;
  for (const std::string& name : calls) profile.calls[{Arch::x86_64, name}] = {NeededBy::app};
  const auto made = policy_of(profile, "p.json");
  REQUIRE(made);
  return *made;
}

DiffReport report_with(const std::string& text, const std::string& today = "2026-06-15") {
  const auto exemptions = parse_exemptions(text, "ok.txt");
  REQUIRE(exemptions);
  return make_report(policy({"read"}), policy({"read", "ptrace", "mount"}), {}, *exemptions, "ok.txt", today);
}

}  // namespace

TEST_CASE("An exemption takes a change out until its last day") {
  const std::string line =
      "syscall ptrace until 2026-06-15 because the debugger's tests need it, until they are gone\n";
  const DiffReport report = report_with("# accepted\n\n" + line);
  REQUIRE(report.ignored.size() == 1);
  CHECK(report.ignored[0].change.item == "ptrace");
  CHECK(report.ignored[0].exemption.reason == "the debugger's tests need it, until they are gone");
  CHECK(report.ignored[0].exemption.line == 3);
  CHECK(report.failing() == 1);
  CHECK(report.notes.empty());
  const DiffReport over = report_with(line, "2026-06-16");
  CHECK(over.ignored.empty());
  CHECK(over.failing() == 2);
  CHECK(over.notes == std::vector<std::string>{"ok.txt: line 1: ended on 2026-06-15 and accepts nothing any more: "
                                               "give a later date, or remove it"});
}

TEST_CASE("Globs, other kinds, and exemptions that nothing needs") {
  CHECK(report_with("syscall * because all of it").ignored.size() == 2);
  CHECK(report_with("syscall p?race because of the debugger").ignored.size() == 1);
  const DiffReport unused = report_with("capability ptrace because it is no call\r\n");
  CHECK(unused.ignored.empty());
  CHECK(unused.notes == std::vector<std::string>{"ok.txt: line 1: matches no change: remove it if it is not needed any "
                                                 "more"});
}

TEST_CASE("An item that is a pattern is exempted by its own text") {
  Profile before;
  before.calls[{Arch::x86_64, "read"}] = {NeededBy::app};
  Profile after = before;
  after.files["/proc/[0-9]*/stat"] = {"r"};
  const auto exemptions = parse_exemptions("file /proc/[0-9]*/stat because processes are looked at\n", "ok.txt");
  REQUIRE(exemptions);
  const DiffReport report =
      make_report(*policy_of(before, "a"), *policy_of(after, "b"), {}, *exemptions, "ok.txt", "2026-06-15");
  CHECK(report.changes.empty());
  CHECK(report.ignored.size() == 1);
}

TEST_CASE("A wrong line is one error that names it") {
  const std::string form = "; write it as: KIND ITEM [until YYYY-MM-DD] because REASON";
  const struct {
    std::string text, message;
  } cases[] = {
      {"ptrace", "ok.txt: line 1: does not begin with a kind of change, such as syscall or writable"},
      {"\n\nsyscall", "ok.txt: line 3: gives no reason"},
      {"syscall ptrace", "ok.txt: line 1: gives no reason"},
      {"syscall ptrace because ", "ok.txt: line 1: gives no reason"},
      {"syscall because why", "ok.txt: line 1: names no item"},
      {"syscall ptrace until tomorrow because x", "ok.txt: line 1: has no date after \"until\""},
      {"syscall ptrace until 2026-02-30 because x", "ok.txt: line 1: has no date after \"until\""},
  };
  for (const auto& [text, message] : cases) {
    CAPTURE(text);
    const auto exemptions = parse_exemptions(text, "ok.txt");
    REQUIRE_FALSE(exemptions);
    CHECK(exemptions.error().line() == message + form);
  }
}

TEST_CASE("What fails is a choice") {
  const Change added{ChangeKind::syscall, "ptrace", Direction::added, "", Risk::high};
  const Change low{ChangeKind::syscall, "read", Direction::added, "", Risk::low};
  const Change removed{ChangeKind::syscall, "mount", Direction::removed};
  const Change changed{ChangeKind::answer, "clone3", Direction::changed};
  const struct {
    std::string text;
    bool fails_added, fails_low, fails_removed, fails_changed;
  } cases[] = {
      {"added", true, true, false, false},
      {"removed", false, false, true, false},
      {"any", true, true, true, true},
      {"never", false, false, false, false},
      {"risk>=high", true, false, false, false},
      {"risk>=low", true, true, false, false},
      {"risk>=critical", false, false, false, false},
  };
  for (const auto& [text, fails_added, fails_low, fails_removed, fails_changed] : cases) {
    CAPTURE(text);
    const auto fail_on = fail_on_from_text(text);
    REQUIRE(fail_on);
    CHECK(fail_on->fails(added) == fails_added);
    CHECK(fail_on->fails(low) == fails_low);
    CHECK(fail_on->fails(removed) == fails_removed);
    CHECK(fail_on->fails(changed) == fails_changed);
  }
  for (const char* wrong : {"", "risk", "risk>=", "risk>=huge", "Added"}) CHECK_FALSE(fail_on_from_text(wrong));
}
