// SPDX-License-Identifier: Apache-2.0
// What calls answer that the engine's own filter denied while recording, and calls that were not made.
#include <catch2/catch.hpp>
#include <cerrno>

#include "support/containers.h"

using namespace profilegen;

namespace {

const std::string kBusybox = "profilegen-test/busybox";

Words with_prog(const std::string& name) { return {"--rm", "-v", prog(name) + ":/" + name + ":ro"}; }

std::set<std::pair<std::string, uint32_t>> denied(const Trace& trace) {
  std::set<std::pair<std::string, uint32_t>> found;
  for (const auto& [key, evidence] : trace.denied) found.emplace(syscall_label(key.arch, key.number), key.errnum);
  return found;
}

}  // namespace

TEST_CASE("What Docker's filter denied is answered the same again, and not allowed") {
  const Scratch scratch;
  // add_key, mount, unshare and keyctl are denied, clone3 must look unknown, and getppid is allowed.
  const Words calls{"/denied_call", "248", "165", "272", "250", "435", "110"};
  const Words command = docker_run(with_prog("denied_call"), kBusybox, calls);
  const Outcome recorded = scratch.profilegen(Words{"record", "--"} + command);
  REQUIRE(recorded.out == "248 EPERM\n165 EPERM\n272 EPERM\n250 EPERM\n435 ENOSYS\n110 ok\n");
  const Trace trace = scratch.trace();
  CHECK(denied(trace) ==
        std::set<std::pair<std::string, uint32_t>>{
            {"add_key", EPERM}, {"mount", EPERM}, {"unshare", EPERM}, {"keyctl", EPERM}, {"clone3", ENOSYS}});
  const Profile profile = scratch.emit();
  for (const char* name : {"add_key", "mount", "unshare", "keyctl", "clone3"}) {
    CHECK(profile.calls.count({native_arch(), name}) == 0);
    CHECK(profile.answers.count({native_arch(), name}) == 1);
  }
  const Outcome again = scratch.run(docker_run(with_prog("denied_call") + bundle_flags(scratch), kBusybox, calls));
  CHECK(again.out == recorded.out);
}

TEST_CASE("A call that nobody made looks unknown when it is newer, and forbidden when it is older") {
  const Scratch scratch;
  (void)scratch.record(docker_run(with_prog("denied_call"), kBusybox, {"/denied_call", "110"}));
  (void)scratch.emit();
  // First io_uring_setup, clone3, fchmodat2, mseal; then mount, ptrace, bpf, keyctl, mincore.
  const Outcome answers =
      scratch.run(docker_run(with_prog("denied_call") + bundle_flags(scratch), kBusybox,
                             {"/denied_call", "425", "435", "452", "462", "165", "101", "321", "250", "27"}));
  CHECK(answers.out ==
        "425 ENOSYS\n435 ENOSYS\n452 ENOSYS\n462 ENOSYS\n165 EPERM\n101 EPERM\n321 EPERM\n250 EPERM\n27 EPERM\n");
}

TEST_CASE("A call that was denied once and let through later is allowed") {
  const Scratch scratch;
  // Docker's filter allows clone3 only with CAP_SYS_ADMIN. Two recordings, without and with it, are merged.
  const Words call{"/denied_call", "435"};
  (void)scratch.record(docker_run(with_prog("denied_call"), kBusybox, call), {"-o", "profilegen-trace.json"});
  REQUIRE(scratch.profilegen({"merge", "profilegen-trace.json", "-o", "first.json"}).status == 0);
  (void)scratch.record(docker_run(with_prog("denied_call") + Words{"--cap-add=SYS_ADMIN"}, kBusybox, call));
  REQUIRE(scratch.profilegen({"merge", "first.json", "profilegen-trace.json", "-o", "profilegen-trace.json"}).status ==
          0);
  const Profile profile = scratch.emit();
  CHECK(profile.calls.count({native_arch(), "clone3"}) == 1);
  CHECK(profile.answers.empty());
  const Outcome again = scratch.run(docker_run(with_prog("denied_call") + bundle_flags(scratch), kBusybox, call));
  CHECK(again.out == "435 E2BIG\n");
}
