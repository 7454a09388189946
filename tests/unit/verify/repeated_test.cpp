// SPDX-License-Identifier: Apache-2.0
#include <catch2/catch.hpp>

#include "profilegen/verify.h"

using namespace profilegen;

namespace {

Denial change(const std::string& path, FileOp op = FileOp::WRITE, const std::string& program = "app") {
  Denial denial;
  denial.kind = Denial::Kind::change;
  denial.change = {path, op};
  denial.first.program = program;
  denial.first.tid = static_cast<uint32_t>(path.size());
  return denial;
}

Denial capability(const std::string& name, uint32_t tid) {
  Denial denial;
  denial.kind = Denial::Kind::capability;
  denial.capability = name;
  denial.call = {native_arch(), "chown"};
  denial.first.program = "app";
  denial.first.tid = tid;
  return denial;
}

std::vector<std::string> lines_of(const std::vector<Denial>& denials) {
  std::vector<std::string> lines;
  for (const RepeatedDenial& denial : repeated(denials)) lines.push_back(repeated_text(denial));
  return lines;
}

}  // namespace

TEST_CASE("Denials of one directory's files are one line with a count, and others stay apart") {
  CHECK(lines_of({change("/srv/a"), change("/srv/bc"), change("/srv/def"), change("/srv/deep/a"), change("/opt/a"),
                  change("/srv/g", FileOp::MKDIR), change("/srv/h", FileOp::WRITE, "other")}) ==
        std::vector<std::string>{"write of /srv/a, read-only file system, by app (thread 6), and 2 more in /srv",
                                 "write of /srv/deep/a, read-only file system, by app (thread 11)",
                                 "write of /opt/a, read-only file system, by app (thread 6)",
                                 "mkdir of /srv/g, read-only file system, by app (thread 6)",
                                 "write of /srv/h, read-only file system, by other (thread 6)"});
}

TEST_CASE("The same denial in several threads or at several places of the kernel is counted") {
  CHECK(lines_of({capability("CHOWN", 1), capability("CHOWN", 2), capability("KILL", 3)}) ==
        std::vector<std::string>{"capability CHOWN for chown, by app (thread 1), 2 times",
                                 "capability KILL for chown, by app (thread 3)"});
}

TEST_CASE("AppArmor's denials of one directory are one line") {
  Denial denial;
  denial.kind = Denial::Kind::apparmor;
  denial.apparmor.operation = "open";
  denial.apparmor.name = "/etc/one";
  denial.apparmor.mask = "r";
  Denial other = denial;
  other.apparmor.name = "/etc/two";
  const auto lines = lines_of({denial, other});
  REQUIRE(lines.size() == 1);
  CHECK(lines[0].find("open of /etc/one (r)") != std::string::npos);
  CHECK(lines[0].find(", and 1 more in /etc") != std::string::npos);
}
