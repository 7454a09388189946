// SPDX-License-Identifier: Apache-2.0
#include <sys/resource.h>

#include "evidence.h"

using namespace profilegen;

namespace {

using Limits = std::map<std::string, uint64_t>;

Limits limits_of(const std::map<std::string, uint64_t>& peaks) {
  TraceOf trace;
  trace.run().peaks = peaks;
  return trace.profile().limits;
}

bool as_root(const std::string& user) {
  TraceOf trace;
  trace.run().subject.user = user;
  return trace.profile().as_root;
}

}  // namespace

TEST_CASE("a limit is a power of two with headroom above the peak, whatever the peak is exactly") {
  CHECK(limits_of({{"memory", 60 << 20}}) == Limits{{"memory", 128 << 20}});
  CHECK(limits_of({{"memory", 80 << 20}}) == Limits{{"memory", 128 << 20}});
  CHECK(limits_of({{"memory", 90 << 20}}) == Limits{{"memory", 256 << 20}});
  CHECK(limits_of({{"tasks", 20}}) == Limits{{"tasks", 64}});
  CHECK(limits_of({{"tasks", 32}}) == Limits{{"tasks", 64}});
  CHECK(limits_of({{"descriptors", 128}}) == Limits{{"descriptors", 256}});
}

TEST_CASE("no limit of descriptors for a program that asks for that limit, or may have") {
  const auto is_limited = [](const char* call, const std::vector<ArgumentValues>& rows) {
    TraceOf trace;
    trace.run().peaks = {{"descriptors", 64}};
    trace.call(call);
    for (const ArgumentValues& values : rows) trace.arguments(call, values);
    return trace.profile().limits.contains("descriptors");
  };
  CHECK(is_limited("getpid", {}));
  CHECK(is_limited("prlimit64", {{RLIMIT_STACK}}));
  CHECK_FALSE(is_limited("prlimit64", {{RLIMIT_STACK}, {RLIMIT_NOFILE}}));
  CHECK_FALSE(is_limited("setrlimit", {{RLIMIT_NOFILE}}));
  CHECK_FALSE(is_limited("prlimit64", {{}}));  // had too many values
  CHECK_FALSE(is_limited("prlimit64", {}));    // recorded by a version without arguments
}

TEST_CASE("a limit leaves room for what an engine brings in") {
  CHECK(limits_of({{"memory", 4096}, {"tasks", 1}}) == Limits{{"memory", 16 << 20}, {"tasks", 16}});
}

TEST_CASE("of the runs the greatest peak counts, and none when one of them has none") {
  TraceOf trace;
  trace.run().peaks = {{"tasks", 20}, {"memory", 60 << 20}};
  trace.run("run1").peaks = {{"tasks", 50}};
  CHECK(trace.profile().limits == Limits{{"tasks", 128}});
}

TEST_CASE("a peak beyond any machine gives no limit") { CHECK(limits_of({{"memory", uint64_t{1} << 62}}).empty()); }

TEST_CASE("a container runs as root unless it says who else") {
  for (const char* user : {"", "root", "0", "0:0", "root:adm", "0:5"}) CHECK(as_root(user));
  for (const char* user : {"1000", "www-data", "1000:0", "rooted"}) CHECK_FALSE(as_root(user));
}

TEST_CASE("the profile has the users of containers that were not root's") {
  const auto users = [](const std::string& user) {
    TraceOf trace;
    trace.run().subject.user = user;
    return trace.profile().users;
  };
  CHECK(users("1000:7") == std::set<std::string>{"1000:7"});
  CHECK(users("www") == std::set<std::string>{"www"});
  for (const char* root : {"", "root", "0", "0:7"}) CHECK(users(root).empty());
}

TEST_CASE("a process tree has no user of its own") {
  TraceOf trace;
  trace.run().subject.engine.clear();
  CHECK_FALSE(trace.profile().as_root);
}

TEST_CASE("what only its owner may use is kept with its owner") {
  TraceOf trace;
  trace.run().restricted = {{"/etc/key", 0600, 0, 7}};
  CHECK(trace.profile().restricted == std::map<std::string, Ownership>{{"/etc/key", {0600, 0, 7}}});
}
