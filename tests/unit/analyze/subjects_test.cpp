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
