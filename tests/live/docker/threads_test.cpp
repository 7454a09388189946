// SPDX-License-Identifier: Apache-2.0
// Threads: glibc makes them with clone3, which Docker's own filter says is unknown, so that clone follows.
#include <catch2/catch.hpp>

#include "support/service.h"

using namespace profilegen;

namespace {

const std::string kScript =
    "import threading\n"
    "threads = [threading.Thread(target=print, args=('ok',)) for _ in range(8)]\n"
    "[t.start() for t in threads]\n"
    "[t.join() for t in threads]\n";

bool made_by(const Trace& trace, Phase phase, const std::string& name) {
  return trace.syscalls.count({phase, native_arch(), *syscall_number(native_arch(), name)}) != 0;
}

// What the recorded command printed, it prints again under its flags.
void check_again(const Scratch& scratch, const Words& options, const std::string& image, const Words& command) {
  const Outcome recorded = scratch.profilegen(Words{"record", "--"} + docker_run(options, image, command));
  REQUIRE(recorded.status == 0);
  const Trace trace = scratch.trace();
  CHECK(made_by(trace, Phase::app, "clone"));
  CHECK_FALSE(made_by(trace, Phase::app, "clone3"));
  CHECK(scratch.emit().answers == std::map<CallKey, uint32_t>{{{native_arch(), "clone3"}, 38}});
  const Outcome again = scratch.run(docker_run(options + bundle_flags(scratch), image, command));
  INFO(again.err);
  CHECK(again.status == 0);
  CHECK(again.out == recorded.out);
}

}  // namespace

TEST_CASE("Threads can be made under the profile as they could while recording") {
  const Scratch scratch;
  SECTION("by a static program") {
    check_again(scratch, {"--rm", "-v", prog("clone3_thread") + ":/threads:ro"}, "profilegen-test/busybox",
                {"/threads"});
  }
  SECTION("by python") { check_again(scratch, {"--rm"}, kServiceImage, {"python3", "-c", kScript}); }
}

TEST_CASE("A call that the runtime made first is the application's too") {
  const Scratch scratch;
  const Trace trace =
      scratch.record(docker_run({"--rm"}, kServiceImage, {"python3", "-c", "import os; os.listdir(os.getcwd())"}));
  const Profile profile = scratch.emit();
  for (const char* name : {"openat", "read", "close", "getdents64", "newfstatat", "fcntl", "getcwd"}) {
    INFO(name);
    CHECK(made_by(trace, Phase::runtime_run, name));
    CHECK(made_by(trace, Phase::app, name));
    CHECK(profile.calls.at({native_arch(), name}).contains(NeededBy::app));
  }
  // With no-new-privileges, too, the runtime makes some of them.
  for (const char* name : {"openat", "close", "getdents64", "fcntl"}) {
    INFO(name);
    CHECK(profile.calls.at({native_arch(), name}) == std::set<NeededBy>{NeededBy::app, NeededBy::runtime});
  }
  // What only one of them made is not the other's.
  CHECK(profile.calls.at({native_arch(), "fstatfs"}) == std::set<NeededBy>{NeededBy::runtime});
  CHECK(profile.calls.at({native_arch(), "brk"}) == std::set<NeededBy>{NeededBy::app});
}
