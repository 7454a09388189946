// SPDX-License-Identifier: Apache-2.0
// Docker with crun, which is written in C and makes fewer calls than runc after loading the filter: its floor differs.
#include <algorithm>
#include <catch2/catch.hpp>

#include "support/engine.h"

using namespace profilegen;

namespace {

const std::string kImage = "profilegen-test/busybox";
const Words kCommand{"/denied_call", "110"};

Words under_crun() {
  return {"--rm", "--runtime", "crun", "--network", "none", "-v", prog("denied_call") + ":/denied_call:ro"};
}

// It runs again under its own flags, and calls that were not recorded are refused.
void check_again(const Scratch& scratch, const Words& own) {
  const Words flags = bundle_flags(scratch);
  const Outcome again = scratch.run(docker_run(own + flags, kImage, kCommand));
  INFO(again.err);
  CHECK(again.out == "110 ok\n");
  // Without mseal: Docker 20.10 does not pass on the filter's default errno, and crun's libseccomp does not know that
  // call.
  const Words others{"/denied_call", "425", "435", "452", "165", "145"};
  CHECK(scratch.run(docker_run(own + flags, kImage, others)).out ==
        "425 ENOSYS\n435 ENOSYS\n452 ENOSYS\n165 EPERM\n145 EPERM\n");
}

}  // namespace

TEST_CASE("A container under crun is recorded, and runs again under its flags") {
  const Scratch scratch;
  const OwnEngine engine(scratch, {}, {kImage});
  const Trace trace = scratch.record(docker_run(under_crun(), kImage, kCommand));
  CHECK(only_run(trace).subject.runtime == "crun");
  CHECK(only_run(trace).marks.empty());
  CHECK(app_calls(trace).count("getppid") == 1);
  CHECK(runtime_calls(trace).count("execve") == 1);
  CHECK(runtime_calls(trace).size() <= 14);
  for (const char* name : {"mount", "pivot_root", "setns", "unshare", "keyctl", "openat2"}) {
    INFO(name);
    CHECK(runtime_calls(trace).count(name) == 0);
  }
  (void)scratch.emit();
  check_again(scratch, under_crun());
}

TEST_CASE("A container that was recorded under runc starts under crun too, if that was asked for") {
  const Scratch scratch;
  const OwnEngine engine(scratch, {}, {kImage});
  Words under_runc = under_crun();
  std::ranges::replace(under_runc, "crun", "runc");
  (void)scratch.record(docker_run(under_runc, kImage, kCommand));
  (void)scratch.emit({"--runtime", "crun"});
  check_again(scratch, under_crun());
  check_again(scratch, under_runc);
}

TEST_CASE("A container under crun without a filter gets crun's own calls from what is known") {
  const Scratch scratch;
  const OwnEngine engine(scratch, {}, {kImage});
  const Words unconfined = under_crun() + Words{"--security-opt", "seccomp=unconfined"};
  const Trace trace = scratch.record(docker_run(unconfined, kImage, kCommand));
  CHECK_FALSE(only_run(trace).subject.seccomp_confined);
  CHECK(app_calls(trace).count("getppid") == 1);
  for (const char* name : {"mount", "pivot_root", "capset"}) CHECK(app_calls(trace).count(name) == 0);
  (void)scratch.emit();
  check_again(scratch, under_crun());
}
