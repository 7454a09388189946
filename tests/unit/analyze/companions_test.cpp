// SPDX-License-Identifier: Apache-2.0
#include "profilegen/companions.h"

#include "evidence.h"

using namespace profilegen;
using Who = std::set<NeededBy>;

namespace {

CallKey native(const std::string& name) { return {Arch::x86_64, name}; }
CallKey i386(const std::string& name) { return {Arch::x86, name}; }

std::set<CallKey> companions(const Profile& profile) {
  std::set<CallKey> calls;
  for (const auto& [call, who] : profile.calls)
    if (is_companion(who)) calls.insert(call);
  return calls;
}

const std::set<CallKey> kEnds{native("exit"), native("exit_group")};

}  // namespace

TEST_CASE("every program may end, in each table that it used, and gains nothing else") {
  CHECK(companions(TraceOf().call("read").call("nanosleep").call("rt_sigaction").profile()) == kEnds);
  TraceOf both;
  both.call("read").call("write", Phase::app, Arch::x86);
  CHECK(companions(both.profile()) ==
        std::set<CallKey>{i386("exit"), i386("exit_group"), native("exit"), native("exit_group")});
  CHECK(companions(TraceOf().call("read", Phase::runtime_run).profile()).empty());
}

TEST_CASE("whoever installed a handler returns from it, in the table of its call") {
  TraceOf trace;
  trace.call("rt_sigaction").behaviour(Behaviour::SIGNAL_HANDLER, "rt_sigaction");
  trace.run().subject.runtime = "crun";
  trace.run().subject.runtime_version = "1.8.1";
  CHECK(trace.profile().calls.at(native("rt_sigreturn")) == Who{NeededBy::companion});
  CHECK_FALSE(trace.profile().calls.contains(native("sigreturn")));  // the native table has none
  CHECK_FALSE(trace.profile().calls.contains(native("restart_syscall")));
  TraceOf old;
  old.call("sigaction", Phase::app, Arch::x86).behaviour(Behaviour::SIGNAL_HANDLER, "sigaction", Arch::x86);
  for (const char* name : {"sigreturn", "rt_sigreturn"})
    CHECK(old.profile().calls.at(i386(name)) == Who{NeededBy::companion});
  CHECK_FALSE(is_companion(old.profile().calls[native("rt_sigreturn")]));
}

TEST_CASE("a call that the kernel continues brings restart_syscall of its table") {
  TraceOf trace;
  trace.call("poll").behaviour(Behaviour::RESTARTABLE, "poll");
  CHECK(trace.profile().calls.at(native("restart_syscall")) == Who{NeededBy::companion});
  TraceOf old;
  old.call("poll", Phase::app, Arch::x86).behaviour(Behaviour::RESTARTABLE, "poll", Arch::x86);
  CHECK(old.profile().calls.contains(i386("restart_syscall")));
  CHECK_FALSE(old.profile().calls.contains(native("restart_syscall")));
}

TEST_CASE("a call that somebody was seen to need is no companion") {
  TraceOf trace;
  trace.call("exit_group").call("rt_sigreturn", Phase::runtime_run);
  trace.run().subject.no_new_privileges = true;
  trace.behaviour(Behaviour::SIGNAL_HANDLER, "rt_sigaction");
  const Profile profile = trace.profile();
  CHECK(profile.calls.at(native("exit_group")) == Who{NeededBy::app});
  CHECK(profile.calls.at(native("rt_sigreturn")) == Who{NeededBy::runtime});
  CHECK(companions(profile) == std::set<CallKey>{native("exit")});
}

TEST_CASE("a companion that was denied while recording is allowed, not denied again") {
  TraceOf trace;
  trace.call("poll").behaviour(Behaviour::RESTARTABLE, "poll").denied("restart_syscall", 1);
  CHECK(trace.profile().calls.contains(native("restart_syscall")));
  CHECK_FALSE(trace.profile().answers.contains(native("restart_syscall")));
}

TEST_CASE("a run that a signal ended is told, and is not incomplete") {
  TraceOf trace;
  trace.run().marks.insert(Mark::ended_by_signal);
  CHECK(has_line(trace.profile().notes, "web: a signal killed its first process"));
  CHECK(trace.profile().incomplete.empty());
  CHECK_FALSE(has_line(TraceOf().profile().notes, "a signal killed"));
}
