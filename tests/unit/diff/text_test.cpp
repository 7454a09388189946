// SPDX-License-Identifier: Apache-2.0
#include <catch2/catch.hpp>

#include "profilegen/diff.h"

using namespace profilegen;

TEST_CASE("No change is one line") {
  CHECK(format_diff_text({}, false) == "no difference in what is allowed\n");
  CHECK(format_diff_text({}, true) == "no difference in what is allowed\n");
}

TEST_CASE("One line a change, then the sums") {
  const std::vector<Change> changes = {{"capability", "SYS_ADMIN", Direction::added, ""},
                                       {"syscall", "ptrace", Direction::added, "needed by the application"},
                                       {"syscall", "bpf", Direction::removed, ""},
                                       {"answer", "clone3", Direction::changed, "EPERM -> ENOSYS"}};
  CHECK(format_diff_text(changes, false) ==
        "+ capability  SYS_ADMIN\n"
        "+ syscall     ptrace  (needed by the application)\n"
        "- syscall     bpf\n"
        "~ answer      clone3  (EPERM -> ENOSYS)\n"
        "2 added, 1 removed, 1 changed\n");
}

TEST_CASE("Colours only when asked") {
  const std::vector<Change> changes = {{"syscall", "ptrace", Direction::added, ""}};
  CHECK(format_diff_text(changes, true) == "\x1b[31m+ syscall     ptrace\x1b[0m\n1 added, 0 removed, 0 changed\n");
  CHECK(format_diff_text(changes, false).find('\x1b') == std::string::npos);
}

TEST_CASE("A path cannot forge a line or drive the terminal") {
  const std::vector<Change> changes = {{"file", "/a\n+ syscall x\x1b[2J\xc2\x9b\xc3\xa9", Direction::added, "r"}};
  CHECK(format_diff_text(changes, false) ==
        "+ file        /a\\x0A+ syscall x\\x1B[2J\xc2\\x9B\xc3\xa9  (r)\n1 added, 0 removed, 0 changed\n");
}
