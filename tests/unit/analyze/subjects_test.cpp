// SPDX-License-Identifier: Apache-2.0
#include "evidence.h"

using namespace profilegen;

TEST_CASE("no-new-privileges can be set unless a set-id program was executed") {
  TraceOf trace;
  trace.file("/bin/sh", FileOp::EXEC);
  CHECK(trace.profile().no_new_privileges);
  trace.file("/usr/bin/sudo", FileOp::EXEC_SETID);
  CHECK_FALSE(trace.profile().no_new_privileges);
}

TEST_CASE("a trace without runs promises nothing") {
  const Profile profile = *analyze(Trace{}, {});
  CHECK_FALSE(profile.no_new_privileges);
  CHECK_FALSE(profile.container);
  CHECK(has_line(profile.incomplete, "no run"));
}

TEST_CASE("the runtimes of all runs are named once, sorted") {
  TraceOf trace;
  trace.run("run1").subject = trace.run().subject;
  trace.run("run2").subject = trace.run().subject;
  trace.run("run2").subject.runtime = "crun";
  trace.run("run2").subject.runtime_version = "1.8.1";
  const Profile profile = trace.profile();
  CHECK(runtimes_text(profile.runtimes) == "crun 1.8.1, runc 1.1.5");
  CHECK(profile.container);
}

TEST_CASE("a process tree is no container") {
  TraceOf trace;
  trace.run().subject = {};
  const Profile profile = trace.profile();
  CHECK_FALSE(profile.container);
  CHECK(profile.runtimes.empty());
}

TEST_CASE("machines of several architectures are told, and the result does not depend on the order") {
  TraceOf trace;
  trace.run("run1").arch = Arch::aarch64;
  const Profile profile = trace.profile();
  CHECK(profile.arch == Arch::x86_64);
  CHECK(has_line(profile.notes, "several architectures"));
}

TEST_CASE("an option that would undo the policy is noted, one that changes nothing is not") {
  TraceOf trace;
  trace.run().subject.loosened = {"--cap-add NET_ADMIN", "--security-opt seccomp=unconfined"};
  const Profile profile = trace.profile();
  CHECK(has_line(profile.notes,
                 "recorded with --security-opt seccomp=unconfined: leave it away when you use docker.flags, "
                 "since it would replace the filter"));
  CHECK(has_line(profile.notes, "recorded with --cap-add NET_ADMIN: leave it away"));
  trace.run().subject.loosened = {"--cap-add CHOWN"};
  trace.capability(0, CapVerdict::needed);  // CHOWN
  CHECK_FALSE(has_line(trace.profile().notes, "recorded with"));
}

TEST_CASE("a recording without a filter is noted even if the engine does not say why") {
  TraceOf trace;
  trace.run().subject.seccomp_confined = true;
  CHECK_FALSE(has_line(trace.profile().notes, "recorded without"));
  trace.run().subject.seccomp_confined = false;
  CHECK(has_line(trace.profile().notes, "recorded without a seccomp filter"));
  trace.run().subject.loosened = {"--privileged"};
  CHECK_FALSE(has_line(trace.profile().notes, "recorded without"));
  CHECK(has_line(trace.profile().notes, "recorded with --privileged"));
}
