// SPDX-License-Identifier: Apache-2.0
// clone3 hides its flags from a filter. Where nothing needs it clone is allowed in its place, without namespaces.
#include <catch2/catch.hpp>

#include "support/containers.h"

using namespace profilegen;

namespace {

const std::string kBusybox = "profilegen-test/busybox";
const CallKey kClone3{native_arch(), "clone3"};
const CallKey kClone{native_arch(), "clone"};
const Words kOpen{"--security-opt", "seccomp=unconfined"};  // Docker's own filter answers clone3 with ENOSYS

Words with(const std::string& program) { return {"--rm", "--network", "none", "-v", prog(program) + ":/program:ro"}; }

Profile recorded(const Scratch& scratch, const std::string& program, const Words& arguments) {
  const Trace trace = scratch.record(docker_run(kOpen + with(program), kBusybox, Words{"/program"} + arguments));
  CHECK(app_calls(trace).contains("clone3"));
  return scratch.emit();
}

Outcome again(const Scratch& scratch, const std::string& program, const Words& arguments) {
  return scratch.profilegen(Words{"verify", "profilegen-out", "--"} +
                            docker_run(with(program), kBusybox, Words{"/program"} + arguments));
}

}  // namespace

TEST_CASE("glibc's threads are made by clone where clone3 is answered with ENOSYS, and make no namespaces") {
  const Scratch scratch;
  const Profile profile = recorded(scratch, "clone3_thread", {});
  CHECK_FALSE(profile.calls.contains(kClone3));
  CHECK(profile.answers.at(kClone3) == 38);
  CHECK(profile.calls.contains(kClone));
  CHECK(profile.arguments.at(kClone).size() == 1);
  const Outcome verified = again(scratch, "clone3_thread", {});
  INFO(verified.err);
  CHECK(verified.status == 0);
  CHECK(verified.out == "ok\n");
}

TEST_CASE("A program that makes clone3 in its own way, or for namespaces, keeps it") {
  const std::string way = GENERATE("", "clear-handlers", "namespace");
  CAPTURE(way);
  const Scratch scratch;
  const Words arguments = way.empty() ? Words{} : Words{way};
  const Words more = way == "namespace" ? Words{"--cap-add", "SYS_ADMIN"} : Words{};
  (void)scratch.record(docker_run(kOpen + more + with("own_clone3"), kBusybox, Words{"/program"} + arguments));
  CHECK(scratch.emit().calls.contains(kClone3));
  const Outcome verified = again(scratch, "own_clone3", arguments);
  INFO(verified.err);
  CHECK(verified.status == 0);
}

TEST_CASE("verify tells of a clone3 after which no clone came, and --fix allows it") {
  const Scratch scratch;
  CHECK_FALSE(recorded(scratch, "own_clone3", {"as-library"}).calls.contains(kClone3));
  const Words run = docker_run(with("own_clone3"), kBusybox, {"/program", "as-library"});
  const Outcome denied = scratch.profilegen(Words{"verify", "profilegen-out", "--fix", "fixed", "--"} + run);
  CHECK(denied.status == 1);
  CHECK(denied.err.find("denied: syscall clone3, answered ENOSYS") != std::string::npos);
  const Outcome fixed = scratch.profilegen(Words{"verify", "fixed", "--"} + run);
  INFO(fixed.err);
  CHECK(fixed.status == 0);
}
