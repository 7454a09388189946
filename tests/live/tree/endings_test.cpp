// SPDX-License-Identifier: Apache-2.0
// What a program does that belongs to an ending, a stop or a signal is recorded, exactly where the kernel will need
// more calls for it.
#include <catch2/catch.hpp>

#include "profilegen/companions.h"
#include "support/containers.h"

using namespace profilegen;

namespace {

using Names = std::set<std::string>;

// "signal-handler rt_sigaction", with the table's name where it is another. Without how threads are made.
Names behaviours(const Trace& trace) {
  Names names;
  for (const auto& [key, evidence] : trace.behaviours) {
    if (key.behaviour == Behaviour::FALLS_BACK) continue;
    const std::string table = key.arch == native_arch() ? "" : std::string(arch_name(key.arch)) + " ";
    names.insert(std::string(behaviour_name(key.behaviour)) + " " + table + syscall_label(key.arch, key.number));
  }
  return names;
}

Names companions(const Profile& profile) {
  Names names;
  for (const auto& [call, who] : profile.calls)
    if (is_companion(who)) names.insert((call.arch == native_arch() ? "" : "i386 ") + call.name);
  return names;
}

struct Case {
  Words acts;
  Names seen;
  Names brings;  ///< besides exit, which no process without threads makes
};

std::vector<Case> cases() {
  std::vector<Case> all = {
      {{"catch"}, {"signal-handler rt_sigaction"}, {"rt_sigreturn"}},    {{"ignore", "default"}, {}, {}},
      {{"sleep"}, {"restartable clock_nanosleep"}, {"restart_syscall"}}, {{"sleep-until"}, {}, {}},
      {{"futex"}, {"restartable futex"}, {"restart_syscall"}},           {{"select"}, {}, {}},
  };
#if defined(__x86_64__)
  all.push_back({{"poll-now"}, {}, {}});
  all.push_back({{"poll-now", "poll"}, {"restartable poll"}, {"restart_syscall"}});
  all.push_back({{"i386-catch"}, {"signal-handler i386 rt_sigaction"}, {"i386 rt_sigreturn", "i386 sigreturn"}});
  all.push_back({{"i386-sleep"}, {"restartable i386 nanosleep"}, {"i386 restart_syscall"}});
#endif
  return all;
}

}  // namespace

TEST_CASE("What belongs to stops and signals is recorded where the kernel will need a call for it, and not elsewhere") {
  for (const Case& one : cases()) {
    CAPTURE(one.acts);
    const Scratch scratch;
    const Trace trace = scratch.record(Words{prog("endings")} + one.acts);
    CHECK(behaviours(trace) == one.seen);
    Names own = companions(scratch.emit());
    CHECK(own.erase("exit") == 1);
    for (const char* other : {"i386 exit", "i386 exit_group"}) own.erase(other);
    CHECK(own == one.brings);
    CHECK(companions(scratch.emit({"--no-companions"})).empty());
  }
}

TEST_CASE("A thread that waits without a time needs no call to go on") {
  const Scratch scratch;
  const Trace trace = scratch.record({prog("endings"), "futex-forever"});
  CHECK(app_calls(trace).contains("futex"));
  CHECK_FALSE(behaviours(trace).contains("restartable futex"));
  CHECK_FALSE(scratch.emit().calls.contains({native_arch(), "restart_syscall"}));
}

TEST_CASE("A program that does nothing gains nothing but its end") {
  const Scratch scratch;
  const Trace trace = scratch.record({"true"});
  CHECK(behaviours(trace).empty());
  CHECK(companions(scratch.emit()) == Names{"exit"});
  for (const char* name : {"rt_sigreturn", "restart_syscall"})
    CHECK_FALSE(scratch.emit().calls.contains({native_arch(), name}));
}
