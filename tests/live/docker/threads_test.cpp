// SPDX-License-Identifier: Apache-2.0
// Threads: glibc makes them with clone3. Docker's own filter answers that clone3 is unknown, so glibc uses clone.
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

// The command prints the same under its flags as when it was recorded.
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
  // The runtime makes some of these calls with no-new-privileges, too.
  for (const char* name : {"openat", "close", "getdents64", "fcntl"}) {
    INFO(name);
    CHECK(profile.calls.at({native_arch(), name}) == std::set<NeededBy>{NeededBy::app, NeededBy::runtime});
  }
  // A call that only one of them made is not attributed to the other.
  CHECK(profile.calls.at({native_arch(), "fstatfs"}) == std::set<NeededBy>{NeededBy::runtime});
  CHECK(profile.calls.at({native_arch(), "brk"}) == std::set<NeededBy>{NeededBy::app});
}
