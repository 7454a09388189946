// SPDX-License-Identifier: Apache-2.0
#include "evidence.h"

using namespace profilegen;

namespace {

constexpr uint32_t kNewUser = 0x10000000;
constexpr uint32_t kThread = 0x00010000;

using Rules = std::set<std::string>;

CallKey native(const std::string& name) { return {Arch::x86_64, name}; }

TraceOf& made(TraceOf& trace, const std::string& name, const ArgumentValues& values) {
  return trace.call(name).arguments(name, values);
}

Rules rules_of(const Profile& profile, const std::string& name) {
  Rules texts;
  if (const auto found = profile.arguments.find(native(name)); found != profile.arguments.end())
    for (const ArgumentRule& rule : found->second) texts.insert(argument_rule_text(rule));
  return texts;
}

Profile with_arguments(const TraceOf& trace) {
  const auto profile = analyze(trace.trace(), {{}, true});
  REQUIRE(profile);
  return *profile;
}

}  // namespace

TEST_CASE("clone may make no new namespaces, unless it was seen to") {
  TraceOf plain;
  made(plain, "clone", {kThread});
  made(plain, "clone", {0});
  CHECK(rules_of(plain.profile(), "clone") == Rules{"0&0x7e020000=0x0"});
  CHECK(with_arguments(plain).arguments == plain.profile().arguments);
  made(plain, "clone", {kNewUser});
  CHECK(rules_of(plain.profile(), "clone") == Rules{"0&0x7e020000=0x0", "0&0x7e020000=0x10000000"});
}

TEST_CASE("other calls have the arguments they were made with, where that is asked for") {
  TraceOf trace;
  made(trace, "socket", {1, 1, 0});
  made(trace, "socket", {2, 1, 6});
  made(trace, "ioctl", {21505});
  trace.call("read");
  CHECK(trace.profile().arguments.empty());
  const Profile profile = with_arguments(trace);
  CHECK(rules_of(profile, "socket") == Rules{"0=0x1 1&0xfff7f7ff=0x1 2=0x0", "0=0x2 1&0xfff7f7ff=0x1 2=0x6"});
  CHECK(rules_of(profile, "ioctl") == Rules{"1=0x5401"});
  CHECK(profile.arguments.size() == 2);
}

TEST_CASE("a call may have any arguments that had too many, that nobody recorded, or that the runtime makes as well") {
  TraceOf trace;
  made(trace, "ioctl", {});
  made(trace, "fcntl", {1});  // in runc's floor
  trace.call("socket").call("clone");
  CHECK(with_arguments(trace).arguments.empty());
  TraceOf by_runtime;
  by_runtime.run().subject.no_new_privileges = true;
  made(by_runtime, "prctl", {1});
  by_runtime.call("prctl", Phase::runtime_run);
  CHECK(with_arguments(by_runtime).arguments.empty());
}

TEST_CASE("merged, a call is restricted if it is in each profile that has it") {
  TraceOf one;
  made(one, "socket", {1, 1, 0});
  TraceOf other;
  made(other, "socket", {2, 1, 0});
  TraceOf any;
  made(any, "socket", {});
  TraceOf none;
  none.call("read");
  CHECK(rules_of(merge_profiles(with_arguments(one), with_arguments(other)), "socket").size() == 2);
  CHECK(rules_of(merge_profiles(with_arguments(one), with_arguments(none)), "socket").size() == 1);
  CHECK(rules_of(merge_profiles(with_arguments(none), with_arguments(one)), "socket").size() == 1);
  CHECK(rules_of(merge_profiles(with_arguments(one), with_arguments(any)), "socket").empty());
  CHECK(rules_of(merge_profiles(with_arguments(any), with_arguments(one)), "socket").empty());
}
