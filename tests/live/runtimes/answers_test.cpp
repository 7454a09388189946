// SPDX-License-Identifier: Apache-2.0
// The same filter under podman with runc and with crun, which support different parts of it.
#include <catch2/catch.hpp>

#include "support/podman.h"

using namespace profilegen;

namespace {

const std::string kImage = "profilegen-test/busybox";
const std::string kTarget = "/denied_call";

// getppid was recorded. Not recorded: io_uring_setup, clone3, fchmodat2, mseal; mount, ptrace, bpf, keyctl, mincore.
const Words kCalls{kTarget, "110", "425", "435", "452", "462", "165", "101", "321", "250", "27"};
const std::string kAnswers =
    "110 ok\n425 ENOSYS\n435 ENOSYS\n452 ENOSYS\n462 ENOSYS\n"
    "165 EPERM\n101 EPERM\n321 EPERM\n250 EPERM\n27 EPERM\n";

Words mounted() { return {"-v", prog("denied_call") + ":" + kTarget + ":ro"}; }

void check_answers(const Scratch& scratch, const std::string& runtime) {
  const Podman podman(scratch, kImage);
  const Words filter = mounted() + Words{"--security-opt", "seccomp=" + scratch.path() + "/profilegen-out/seccomp.json",
                                         "--security-opt", "no-new-privileges"};
  const Outcome answers = podman.run(runtime, filter, kCalls);
  INFO(answers.err);
  CHECK(answers.status == 0);
  CHECK(answers.out == kAnswers);
}

}  // namespace

TEST_CASE("A program recorded by itself runs under podman with the runtime that was named") {
  const std::string runtime = GENERATE("runc", "crun");
  const Scratch scratch;
  (void)scratch.record({prog("denied_call"), "110"});
  (void)scratch.emit({"--runtime", runtime});
  check_answers(scratch, runtime);
}

TEST_CASE("A container recorded under Docker runs under podman with the same runtime") {
  const Scratch scratch;
  (void)scratch.record(docker_run(Words{"--rm"} + mounted(), kImage, {kTarget, "110"}));
  (void)scratch.emit();
  check_answers(scratch, "runc");
}
