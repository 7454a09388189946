// SPDX-License-Identifier: Apache-2.0
// With capabilities on its file any user may start the program: it must read and write for that user only what the user
// may.
#include <catch2/catch.hpp>
#include <filesystem>

#include "support/containers.h"

using namespace profilegen;
namespace fs = std::filesystem;

namespace {

/// A copy of the program that has the four capabilities, and a user of the machine who starts it.
struct Shared {
  Scratch scratch;

  Shared() {
    fs::copy_file(PROFILEGEN, scratch.path() + "/shared");
    REQUIRE(scratch.run({"setcap", "cap_bpf,cap_perfmon,cap_sys_ptrace,cap_dac_read_search=ep", "shared"}).status == 0);
    fs::permissions(scratch.path(), fs::perms::all);
  }
  [[nodiscard]] Outcome as_user(const Words& words) const {
    return scratch.run(Words{"setpriv", "--reuid=1000", "--regid=1000", "--clear-groups", "./shared"} + words);
  }
  /// Root's own.
  void keep(const std::string& name, const std::string& text) const {
    scratch.write(name, text);
    fs::permissions(scratch.path() + "/" + name, fs::perms::owner_read);
  }
};

}  // namespace

TEST_CASE("A program with capabilities on its file records for any user, and COMMAND has none of them") {
  const Shared shared;
  const Outcome outcome = shared.as_user({"record", "--", "sh", "-c", "grep CapPrm /proc/self/status; mkdir below"});
  INFO(outcome.err);
  REQUIRE(outcome.status == 0);
  CHECK(outcome.out == "CapPrm:\t0000000000000000\n");
  const Trace trace = shared.scratch.trace();
  CHECK(only_run(trace).loss.empty());
  CHECK(trace.files.count({shared.scratch.path() + "/below", FileOp::MKDIR}) == 1);
}

TEST_CASE("A program with capabilities on its file reads no file that its user may not read") {
  const Shared shared;
  REQUIRE(shared.as_user({"record", "--", "true"}).status == 0);
  const std::string recording = shared.scratch.read("profilegen-trace.json");
  shared.keep("secret.trace.json", recording);
  shared.keep("secret.flags", "root:secret:0\n");
  for (const Words& words :
       {Words{"merge", "secret.trace.json", "-o", "copy.json"}, Words{"emit", "secret.trace.json", "-o", "out"},
        Words{"report", "secret.trace.json", "-o", "page.html"}, Words{"explain", "secret.trace.json", "read"},
        Words{"verify", "secret.flags", "--", "docker", "run", "image"}, Words{"doctor", "secret.flags"}}) {
    CAPTURE(words.front());
    const Outcome outcome = shared.as_user(words);
    CHECK(outcome.status != 0);
    CHECK_THAT(outcome.err, Catch::Contains("Permission denied"));
    CHECK_THAT(outcome.out + outcome.err, !Catch::Contains("root:secret"));
  }
  fs::create_directory(shared.scratch.path() + "/closed");
  shared.scratch.write("closed/run", "#!/bin/sh\necho ran\n");
  fs::permissions(shared.scratch.path() + "/closed/run", fs::perms(0755));
  fs::permissions(shared.scratch.path() + "/closed", fs::perms::owner_all);
  const Outcome closed = shared.as_user({"record", "--", "closed/run"});
  CHECK(closed.status == 126);
  CHECK(closed.out.empty());
}
