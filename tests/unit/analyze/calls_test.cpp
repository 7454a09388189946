// SPDX-License-Identifier: Apache-2.0
#include <cerrno>

#include "evidence.h"
#include "profilegen/companions.h"
#include "profilegen/floor.h"
#include "profilegen/runtime_calls.h"

using namespace profilegen;
using Who = std::set<NeededBy>;

namespace {

CallKey native(const std::string& name) { return {Arch::x86_64, name}; }

}  // namespace

TEST_CASE("a call is needed by whoever made it, and by both when both did") {
  TraceOf trace;
  trace.run().subject.no_new_privileges = true;
  trace.call("accept4").call("read").call("read", Phase::runtime_run).call("capset", Phase::runtime_exec);
  const Profile profile = trace.profile();
  CHECK(profile.calls.at(native("accept4")) == Who{NeededBy::app});
  CHECK(profile.calls.at(native("read")) == Who{NeededBy::app, NeededBy::runtime});
  CHECK(profile.calls.at(native("capset")) == Who{NeededBy::runtime});
}

TEST_CASE("with no-new-privileges a container gets what its runtime was measured to call with it") {
  TraceOf trace;
  trace.call("capset", Phase::runtime_run).call("setuid", Phase::runtime_exec).call("setuid");
  const Profile profile = trace.profile();
  CHECK(profile.no_new_privileges);
  CHECK_FALSE(profile.calls.contains(native("capset")));
  CHECK(profile.calls.at(native("setuid")) == Who{NeededBy::app});
  CHECK(profile.calls.at(native("fstatfs")) == Who{NeededBy::runtime});
  CHECK(profile.calls.contains(native("madvise")));  // from the margin
}

TEST_CASE("recorded with no-new-privileges, what the runtime called counts as it is") {
  TraceOf trace;
  trace.run().subject.no_new_privileges = true;
  trace.call("mincore", Phase::runtime_run);
  CHECK(trace.profile().calls.at(native("mincore")) == Who{NeededBy::runtime});
}

TEST_CASE("without no-new-privileges the recorded calls stay, and newer versions' join them") {
  TraceOf trace;
  trace.file("/bin/su", FileOp::EXEC_SETID).call("capset", Phase::runtime_run).call("mincore", Phase::runtime_run);
  const Profile profile = trace.profile();
  CHECK_FALSE(profile.no_new_privileges);
  for (const char* name : {"capset", "mincore", "faccessat2", "openat2"}) CHECK(profile.calls.contains(native(name)));
}

TEST_CASE("under a runtime that is newer than all measured ones the recorded calls stay") {
  TraceOf trace;
  trace.run().subject.runtime_version = "9.1";
  trace.call("capset", Phase::runtime_run);
  CHECK(trace.profile().calls.contains(native("capset")));
  CHECK_FALSE(trace.profile().calls.contains(native("fstatfs")));
  trace.run().subject.seccomp_confined = false;
  CHECK(trace.profile().calls.contains(native("fstatfs")));
}

TEST_CASE("what is known is widened by the runtimes that are asked for, and only by these") {
  const Profile plain = TraceOf().profile();
  CHECK_FALSE(plain.calls.contains(native("umask")));
  CHECK(runtimes_text(plain.runtimes) == "runc 1.1.5");
  const Profile crun = TraceOf().profile({"crun"});
  CHECK(crun.calls.at(native("umask")) == Who{NeededBy::runtime});
  CHECK(crun.calls.contains(native("fstatfs")));
  CHECK(runtimes_text(crun.runtimes) == "crun, runc 1.1.5");
  CHECK(runtimes_text(TraceOf().profile({"crun>=1.8", "runc"}).runtimes) == "crun>=1.8, runc 1.1.5");
  TraceOf tree;
  tree.run().subject = {};
  CHECK_FALSE(tree.profile({"runc>=1.3.6"}).calls.contains(native("epoll_ctl")));
  CHECK(tree.profile({"runc>=1.1"}).calls.contains(native("epoll_ctl")));
  CHECK(tree.profile({"runc"}).calls.contains(native("epoll_ctl")));
}

TEST_CASE("a version that cannot be asked for is one line") {
  const auto line = [](const std::string& request) {
    const Result<Profile> profile = analyze(TraceOf().trace(), {{request}});
    return profile ? "" : profile.error().line();
  };
  CHECK(line("runc>=9.1") ==
        "--runtime: no runc of version 9.1 or newer was measured; ask for an older one, or for runc alone");
  for (const std::string request : {"runc>=", "runc>1.1", "runc>", "runc>=new", "runc>=1.1x"}) {
    CAPTURE(request);
    CHECK(line(request) ==
          "--runtime: \"" + request + "\" is not a runtime with a minimum version; write it as in runc>=1.1");
  }
}

TEST_CASE("an unconfined container gets the floor of its runtime, or of the one that is asked for") {
  TraceOf trace;
  trace.run().subject.seccomp_confined = false;
  CHECK(trace.profile().calls.at(native("fstatfs")) == Who{NeededBy::runtime});
  const Profile crun = trace.profile({"crun"});
  CHECK(crun.calls.contains(native("umask")));
  CHECK_FALSE(crun.calls.contains(native("fstatfs")));
}

TEST_CASE("a container that was attached late has the floor: its runtime's calls were behind it") {
  TraceOf trace;
  trace.run().marks.insert(Mark::attached_late);
  CHECK(trace.profile().calls.at(native("fstatfs")) == Who{NeededBy::runtime});
}

TEST_CASE("a process tree has a floor only when a runtime is named") {
  TraceOf trace;
  trace.run().subject = {};
  trace.call("read");
  CHECK(without_companions(trace.profile()).calls.size() == 1);
  CHECK(trace.profile({"runc"}).calls.contains(native("fstatfs")));
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
  CHECK(has_line(trace.profile().incomplete, "name the runtime with --runtime"));
  CHECK(trace.profile({"crun"}).incomplete.empty());
}

TEST_CASE("docker.flags of what podman recorded are no promise for docker with another runtime") {
  TraceOf trace;
  CHECK_FALSE(has_line(trace.profile().notes, "recorded with"));
  trace.run().subject.engine = "podman";
  trace.run().subject.runtime = "crun";
  CHECK(has_line(trace.profile().notes, "recorded with podman and crun: for podman use emit --format podman"));
}

TEST_CASE("for containers without no-new-privileges a filter has what the runtime calls then") {
  TraceOf trace;
  trace.call("mincore", Phase::runtime_run);
  const auto profile = analyze(trace.trace(), {{}, false, true});
  REQUIRE(profile);
  CHECK_FALSE(profile->no_new_privileges);
  for (const char* name : {"mincore", "capset"}) CHECK(profile->calls.contains(native(name)));
  const Profile later = with_new_privileges(TraceOf().profile());
  CHECK_FALSE(later.no_new_privileges);
  CHECK(later.calls.at(native("capset")) == Who{NeededBy::runtime});
  CHECK(with_new_privileges(later) == later);
}

TEST_CASE("a runtime newer than all measured ones, recorded with the option, gets the measured calls without it") {
  TraceOf trace;
  trace.run().subject.runtime_version = "9.9";
  trace.run().subject.no_new_privileges = true;
  CHECK_FALSE(trace.profile().calls.contains(native("capset")));
  const auto wider = analyze(trace.trace(), {{}, false, true});
  REQUIRE(wider);
  CHECK(wider->calls.at(native("capset")) == Who{NeededBy::runtime});
  CHECK(with_new_privileges(trace.profile()).calls.contains(native("capset")));
}

TEST_CASE("a profile with no-new-privileges that is merged with one without gets its runtime's other calls") {
  TraceOf setid;
  setid.run().subject = {};
  setid.file("/bin/su", FileOp::EXEC_SETID);
  const Profile tree = setid.profile();
  const Profile container = TraceOf().profile();
  REQUIRE_FALSE(container.calls.contains(native("capset")));
  for (const Profile& merged : {merge_profiles(container, tree), merge_profiles(tree, container)}) {
    CHECK_FALSE(merged.no_new_privileges);
    CHECK(merged.calls.at(native("capset")) == Who{NeededBy::runtime});
  }
  CHECK_FALSE(merge_profiles(container, container).calls.contains(native("capset")));
}

TEST_CASE("calls of another table stay there") {
  TraceOf trace;
  trace.run().subject.runtime = "";
  trace.call("read", Phase::app, Arch::x86);
  const Profile profile = trace.profile();
  CHECK(profile.calls.contains({Arch::x86, "read"}));
  CHECK(without_companions(profile).calls.size() == 1);
  CHECK(profile.arch == Arch::x86_64);
}

TEST_CASE("a number without a name is kept, and told") {
  TraceOf trace;
  trace.call("#4000");
  const Profile profile = trace.profile();
  CHECK(profile.calls.contains(native("#4000")));
  CHECK(has_line(profile.notes, "the program made call #4000 of x86_64, which has no name"));
}

TEST_CASE("what an outer filter answered is answered again") {
  TraceOf trace;
  trace.denied("clone3", ENOSYS).denied("keyctl", EPERM);
  const Profile profile = trace.profile();
  CHECK(profile.answers == std::map<CallKey, uint32_t>{{native("clone3"), ENOSYS}, {native("keyctl"), EPERM}});
  CHECK(
      profile.notes ==
      std::vector<std::string>{
          "Docker's own filter already refused clone3 and keyctl in the recording; they stay refused: nothing to do"});
}

TEST_CASE("where the engine put no filter in place, it was the program's that answered") {
  TraceOf trace;
  trace.run().subject.seccomp_confined = false;
  trace.denied("fchmod", EPERM);
  CHECK(has_line(trace.profile().notes, "the program's own filter already refused fchmod in the recording"));
}

TEST_CASE("a call that is let through has no answer") {
  TraceOf trace;
  trace.run().subject.no_new_privileges = true;
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
