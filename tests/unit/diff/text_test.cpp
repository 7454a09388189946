// SPDX-License-Identifier: Apache-2.0
#include <catch2/catch.hpp>

#include "formats/support/registry.h"

using namespace profilegen;

namespace {

DiffReport report(std::vector<Change> changes) {
  DiffReport made;
  made.before = "old.json";
  made.after = "new.json";
  made.changes = std::move(changes);
  made.old_score = made.new_score = {Arch::x86_64, 61, 292, {}, true, 0, 14, {}};
  return made;
}

std::string text(std::vector<Change> changes, bool colour = false) {
  return diff::format_text(report(std::move(changes)), colour);
}

const std::string kAllowed = "allowed: 61 calls (Docker's default: 292), 0 of its 14 capabilities\n";

}  // namespace

TEST_CASE("No change is one line") {
  CHECK(text({}) == "no difference in what is allowed\n");
  CHECK(text({}, true) == "no difference in what is allowed\n");
}

TEST_CASE("One line a change, what it opens, then the sums") {
  CHECK(
      text({{ChangeKind::capability, "SYS_ADMIN", Direction::added, "", Risk::critical, "close to root"},
            {ChangeKind::syscall, "read", Direction::added, "needed by the application", Risk::low, "an ordinary call"},
            {ChangeKind::syscall, "bpf", Direction::removed},
            {ChangeKind::answer, "clone3", Direction::changed, "EPERM -> ENOSYS"}}) ==
      "+ critical  capability    SYS_ADMIN\n"
      "              close to root\n"
      "+ low       syscall       read  (needed by the application)\n"
      "-           syscall       bpf\n"
      "~           answer        clone3  (EPERM -> ENOSYS)\n"
      "2 added (1 critical, 1 low), 1 removed, 1 changed\n" +
          kAllowed);
}

TEST_CASE("Scores of both where they differ") {
  DiffReport made = report({{ChangeKind::syscall, "bpf", Direction::removed}});
  made.old_score = {Arch::x86_64, 62, 292, {"bpf"}, true, 0, 14, {"BPF"}};
  CHECK(diff::format_text(made, false)
            .find("allowed: 61 calls (Docker's default: 292), 0 of its 14 capabilities; before: 62 calls (Docker's "
                  "default: "
                  "292, which refuses 1 of these), 0 of its 14 capabilities and 1 others\n") != std::string::npos);
}

TEST_CASE("Colours only when asked") {
  const std::vector<Change> changes = {{ChangeKind::syscall, "read", Direction::added}};
  CHECK(text(changes, true) ==
        "\x1b[31m+ low       syscall       read\x1b[0m\n1 added (1 low), 0 removed, 0 changed\n" + kAllowed);
  CHECK(text(changes).find('\x1b') == std::string::npos);
}

TEST_CASE("A path cannot forge a line or drive the terminal") {
  CHECK(text({{ChangeKind::file, "/a\n+ syscall x\x1b[2J\xc2\x9b\xc3\xa9", Direction::added, "r"}}) ==
        "+ low       file          /a\\x0A+ syscall x\\x1B[2J\\xC2\\x9B\xc3\xa9  (r)\n"
        "1 added (1 low), 0 removed, 0 changed\n" +
            kAllowed);
}

TEST_CASE("Answers that change alike share a line, and count one by one") {
  CHECK(text({{ChangeKind::answer, "bind", Direction::changed, "EPERM -> ENOSYS"},
              {ChangeKind::answer, "clone3", Direction::changed, "ENOSYS -> EPERM"},
              {ChangeKind::answer, "listen", Direction::changed, "EPERM -> ENOSYS"}}) ==
        "~           answer        bind, listen  (EPERM -> ENOSYS)\n"
        "~           answer        clone3  (ENOSYS -> EPERM)\n"
        "0 added, 0 removed, 3 changed\n" +
            kAllowed);
}
