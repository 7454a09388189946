// SPDX-License-Identifier: Apache-2.0
#include "evidence.h"

using namespace profilegen;
using Paths = std::set<std::string>;

TEST_CASE("where a program asked whether it may write, and then did not, the answer is known to change") {
  TraceOf trace;
  trace.file("/etc/app.conf", FileOp::ASK_WRITE).file("/dev/null", FileOp::ASK_WRITE);
  trace.file("/run/app/x", FileOp::ASK_WRITE).file("/run/app/y", FileOp::CREATE);
  CHECK(trace.profile().asked == Paths{"/etc/app.conf"});
  CHECK(keys_of(trace.profile().holes) == Paths{"/run/app"});
  trace.file("/new", FileOp::CREATE);  // the root stays writable
  CHECK(trace.profile().asked.empty());
}

TEST_CASE("a program that asks for each file of a tree is known by the directories") {
  TraceOf trace;
  for (int number = 0; number < 100; ++number)
    trace.file("/usr/share/" + std::to_string(number % 3) + "/" + std::to_string(number), FileOp::ASK_WRITE);
  CHECK(trace.profile().asked == Paths{"/usr/share/0/", "/usr/share/1/", "/usr/share/2/"});
}
