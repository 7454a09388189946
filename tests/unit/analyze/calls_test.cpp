// SPDX-License-Identifier: Apache-2.0
#include <cerrno>

#include "evidence.h"
#include "floor.h"

using namespace profilegen;
using Who = std::set<NeededBy>;

namespace {

CallKey native(const std::string& name) { return {Arch::x86_64, name}; }

}  // namespace

TEST_CASE("a call is needed by whoever made it, and by both when both did") {
  TraceOf trace;
  trace.call("accept4").call("read").call("read", Phase::runtime_run).call("capset", Phase::runtime_exec);
  const Profile profile = trace.profile();
  CHECK(profile.calls.at(native("accept4")) == Who{NeededBy::app});
  CHECK(profile.calls.at(native("read")) == Who{NeededBy::app, NeededBy::runtime});
  CHECK(profile.calls.at(native("capset")) == Who{NeededBy::runtime});
}

TEST_CASE("a confined container gets its recorded runtime calls and the margin, not the floor") {
  TraceOf trace;
  trace.call("capset", Phase::runtime_run);
  const Profile profile = trace.profile();
  CHECK(profile.calls.at(native("sched_yield")) == Who{NeededBy::runtime});
  CHECK(profile.calls.contains(native("capset")));
  CHECK_FALSE(profile.calls.contains(native("faccessat2")));
}

TEST_CASE("what could be observed is widened for the runtimes that are asked for, and only for these") {
  const Profile plain = TraceOf().profile();
  CHECK_FALSE(plain.calls.contains(native("pselect6")));
  CHECK(plain.calls.contains(native("futex")));  // runc's margin
  CHECK(plain.runtime == "runc 1.1.5");
  const Profile crun = TraceOf().profile({"crun"});
  CHECK(crun.calls.at(native("pselect6")) == Who{NeededBy::runtime});
  CHECK(crun.calls.contains(native("futex")));
  CHECK_FALSE(crun.calls.contains(native("faccessat2")));
  CHECK(crun.runtime == "crun, runc 1.1.5");
  const Profile both = TraceOf().profile({"crun", "runc"});
  CHECK(both.calls.contains(native("pselect6")));
  CHECK(both.calls.contains(native("openat2")));  // of a newer runc
  CHECK(both.runtime == "crun, runc 1.1.5");
}

TEST_CASE("an unconfined container gets the floor of its runtime, or of the one that is asked for") {
  TraceOf trace;
  trace.run().subject.seccomp_confined = false;
  CHECK(trace.profile().calls.at(native("faccessat2")) == Who{NeededBy::runtime});
  const Profile crun = trace.profile({"crun"});
  CHECK(crun.calls.contains(native("pselect6")));
  CHECK_FALSE(crun.calls.contains(native("faccessat2")));
}

TEST_CASE("a container that was attached late has the floor: its runtime's calls were behind it") {
  TraceOf trace;
  trace.run().marks.insert(Mark::attached_late);
  CHECK(trace.profile().calls.at(native("faccessat2")) == Who{NeededBy::runtime});
}

TEST_CASE("a process tree has a floor only when a runtime is named") {
  TraceOf trace;
  trace.run().subject = {};
  trace.call("read");
  CHECK(trace.profile().calls.size() == 1);
  CHECK(trace.profile({"runc"}).calls.contains(native("capset")));
}

TEST_CASE("an unknown runtime is an error that names the known ones") {
  const Result<Profile> option = analyze(TraceOf().trace(), {{"youki"}});
  REQUIRE_FALSE(option);
  CHECK(option.error().line() ==
        "--runtime: \"youki\" is not a runtime whose own calls are known; use one of: crun, runc");
  TraceOf trace;
  trace.run().subject.runtime = "youki";
  trace.run().subject.seccomp_confined = false;
  const Result<Profile> recorded = analyze(trace.trace(), {});
  REQUIRE_FALSE(recorded);
  CHECK(recorded.error().object == "runtime of web");
}

TEST_CASE("a confined container of an unknown runtime keeps what was recorded, and says so") {
  TraceOf trace;
  trace.run().subject.runtime = "youki";
  trace.call("capset", Phase::runtime_run);
  const Profile profile = trace.profile();
  CHECK(profile.calls.size() == 1);
  CHECK(has_line(profile.notes, "youki"));
}

TEST_CASE("an unconfined container of a runtime that nobody knows says that its calls are missing") {
  TraceOf trace;
  trace.run().subject.runtime = "";
  trace.run().subject.seccomp_confined = false;
  CHECK(has_line(trace.profile().incomplete, "name it with --runtime"));
  CHECK(trace.profile({"crun"}).incomplete.empty());
}

TEST_CASE("docker.flags of what podman recorded are no promise for docker with another runtime") {
  TraceOf trace;
  CHECK_FALSE(has_line(trace.profile().notes, "recorded under"));
  trace.run().subject.engine = "podman";
  trace.run().subject.runtime = "crun";
  CHECK(has_line(trace.profile().notes, "recorded under podman with crun"));
}

TEST_CASE("no floor holds what a runtime does before it loads the filter") {
  for (const std::string runtime : {"runc", "crun"}) {
    const std::optional<RuntimeFloor> known = find_floor(runtime);
    REQUIRE(known);
    CHECK(known->floor.contains("execve"));
    for (const std::string call : {"mount", "pivot_root", "setns", "unshare", "keyctl", "clone", "clone3"}) {
      CAPTURE(runtime, call);
      CHECK_FALSE(known->floor.contains(call));
      CHECK_FALSE(known->margin.contains(call));
    }
  }
}

TEST_CASE("every call of the floors is a call") {
  for (const std::string runtime : {"runc", "crun"}) {
    RuntimeFloor known = *find_floor(runtime);
    known.floor.merge(known.margin);
    for (const std::string& call : known.floor) {
      CAPTURE(call);
      CHECK(syscall_number(Arch::x86_64, call));
    }
  }
}

TEST_CASE("calls of another table stay there") {
  TraceOf trace;
  trace.run().subject.runtime = "";
  trace.call("read", Phase::app, Arch::x86);
  const Profile profile = trace.profile();
  CHECK(profile.calls.contains({Arch::x86, "read"}));
  CHECK(profile.calls.size() == 1);
  CHECK(profile.arch == Arch::x86_64);
}

TEST_CASE("a number without a name is kept, and told") {
  TraceOf trace;
  trace.call("#4000");
  const Profile profile = trace.profile();
  CHECK(profile.calls.contains(native("#4000")));
  CHECK(has_line(profile.notes, "call #4000 of x86_64 was made: it cannot be named in OCI seccomp JSON"));
}

TEST_CASE("what an outer filter answered is answered again") {
  TraceOf trace;
  trace.denied("clone3", ENOSYS).denied("keyctl", EPERM);
  const Profile profile = trace.profile();
  CHECK(profile.answers == std::map<CallKey, uint32_t>{{native("clone3"), ENOSYS}, {native("keyctl"), EPERM}});
  CHECK(profile.notes ==
        std::vector<std::string>{"denied while recording, and denied again: clone3 (ENOSYS), keyctl (EPERM)"});
}

TEST_CASE("a call that is let through has no answer") {
  TraceOf trace;
  trace.denied("clone", EPERM).call("clone").denied("capset", EPERM).call("capset", Phase::runtime_run);
  CHECK(trace.profile().answers.empty());
  CHECK(trace.profile().notes.empty());
}

TEST_CASE("of two answers ENOSYS wins, else the smaller") {
  TraceOf trace;
  trace.denied("clone3", EPERM).denied("clone3", ENOSYS).denied("clone3", EOPNOTSUPP);
  trace.denied("keyctl", EACCES).denied("keyctl", EPERM);
  const Profile profile = trace.profile();
  CHECK(profile.answers.at(native("clone3")) == ENOSYS);
  CHECK(profile.answers.at(native("keyctl")) == EPERM);
}
