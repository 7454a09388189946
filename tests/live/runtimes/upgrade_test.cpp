// SPDX-License-Identifier: Apache-2.0
// Upgrading an engine brings a newer runtime, which makes more calls after loading the filter. Debian's newer runtimes
// are fetched and run beside the installed one.
#include <catch2/catch.hpp>
#include <filesystem>
#include <vector>

#include "support/engine.h"

using namespace profilegen;
namespace fs = std::filesystem;

namespace {

const std::string kImage = "profilegen-test/busybox";

std::string newer(const Scratch& scratch, const std::string& runtime) {
  const Outcome fetched = scratch.run({PROFILEGEN_SCRIPTS "/fetch-runtime.sh", runtime, "forky"});
  INFO(fetched.err);
  REQUIRE(fetched.status == 0);
  return fetched.out.substr(0, fetched.out.find('\n'));
}

Words newer_runtimes(const Scratch& scratch) {
  return {"--add-runtime", "runc-newer=" + newer(scratch, "runc"), "--add-runtime",
          "crun-newer=" + newer(scratch, "crun")};
}

// As root, as another user, and with a terminal.
const std::vector<Words> kWays{{}, {"--user", "1000"}, {"--tty"}};

void check_starts(const Scratch& scratch, const std::string& runtime, const Words& own, const Words& command) {
  const Words flags = own + bundle_flags(scratch) + Words{"--network", "none", "--runtime", runtime};
  for (const Words& way : kWays) {
    CAPTURE(runtime, way);
    const Outcome again = scratch.run(docker_run(Words{"--rm"} + flags + way, kImage, command));
    CHECK(again.status == 0);
    CHECK((again.out + again.err).find("110 ok") == 0);
    const Outcome other = scratch.run(docker_run(Words{"--rm"} + flags + way, kImage, {command[0], "165"}));
    CHECK(other.out.find("165 EPERM") == 0);
  }
}

void record(const Scratch& scratch, const Words& own, const Words& command) {
  const Trace trace = scratch.record(docker_run(Words{"--rm", "--network", "none"} + own, kImage, command));
  CHECK(only_run(trace).subject.runtime == "runc");
}

}  // namespace

TEST_CASE("A container recorded under runc starts under newer ones by default") {
  const Scratch scratch;
  const OwnEngine engine(scratch, {}, {kImage}, newer_runtimes(scratch));
  const Words own{"-v", prog("denied_call") + ":/denied_call:ro"};
  record(scratch, own, {"/denied_call", "110"});
  (void)scratch.emit();
  check_starts(scratch, "runc-newer", own, {"/denied_call", "110"});
}

TEST_CASE("A container recorded under runc starts under any crun when that is asked for") {
  const Scratch scratch;
  const OwnEngine engine(scratch, {}, {kImage}, newer_runtimes(scratch));
  const Words own{"-v", prog("denied_call") + ":/denied_call:ro"};
  record(scratch, own, {"/denied_call", "110"});
  (void)scratch.emit({"--runtime", "crun"});
  for (const char* runtime : {"runc", "runc-newer", "crun", "crun-newer"})
    check_starts(scratch, runtime, own, {"/denied_call", "110"});
}

TEST_CASE("Without no-new-privileges, which a set-id program rules out, it starts under newer runtimes too") {
  const Scratch scratch;
  const OwnEngine engine(scratch, {}, {kImage}, newer_runtimes(scratch));
  const std::string copy = scratch.path() + "/setid";
  fs::copy_file(prog("denied_call"), copy);
  fs::permissions(copy, fs::perms(04755));
  const Words own{"-v", copy + ":/setid:ro"};
  record(scratch, own, {"/setid", "110"});
  (void)scratch.emit({"--runtime", "runc,crun"});
  for (const std::string& flag : bundle_flags(scratch)) CHECK(flag != "--security-opt=no-new-privileges");
  for (const char* runtime : {"runc", "runc-newer", "crun", "crun-newer"})
    check_starts(scratch, runtime, own, {"/setid", "110"});
}
