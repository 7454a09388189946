// SPDX-License-Identifier: Apache-2.0
// Recording without root works with the capabilities that it needs. Without them, the error tells how to get them.
#include <catch2/catch.hpp>

#include "support/containers.h"

using namespace profilegen;

namespace {

const std::string kEnough = "+bpf,+perfmon,+sys_ptrace,+dac_read_search";

/// Records as a user with only these capabilities.
Outcome record_as_user(const Scratch& scratch, const std::string& capabilities) {
  REQUIRE(scratch.run({"chmod", "777", "."}).status == 0);
  Words words{"setpriv", "--reuid=1000", "--regid=1000", "--clear-groups"};
  if (!capabilities.empty())
    words = words + Words{"--inh-caps=-all," + capabilities, "--ambient-caps=-all," + capabilities};
  return scratch.run(words + Words{PROFILEGEN, "record", "--", "sh", "-c", "id -u; echo x > made; mkdir below"});
}

}  // namespace

TEST_CASE("A user with four capabilities records all that root does") {
  const Scratch scratch;
  const Outcome outcome = record_as_user(scratch, kEnough);
  INFO(outcome.err);
  REQUIRE(outcome.status == 0);
  CHECK(outcome.out == "1000\n");
  const Trace trace = scratch.trace();
  CHECK(only_run(trace).loss.empty());
  CHECK(app_calls(trace).count("mkdir") == 1);
  CHECK(trace.files.count({scratch.path() + "/made", FileOp::CREATE}) == 1);
  CHECK(trace.files.count({scratch.path() + "/below", FileOp::MKDIR}) == 1);
  for (const HookUse& use : only_run(trace).hooks) CHECK((use.fact == "vsyscalls" || use.hook != kNoHook));
  CHECK(scratch.profilegen({"emit", "profilegen-trace.json"}).status == 0);
}

TEST_CASE("What is missing is named, with each way to get it, in one line") {
  const Scratch scratch;
  const Outcome outcome = record_as_user(scratch, "");
  CHECK(outcome.status == 125);
  CHECK(outcome.out.empty());
  CHECK(std::count(outcome.err.begin(), outcome.err.end(), '\n') == 1);
  for (const std::string part :
       {"missing here: CAP_BPF CAP_PERFMON CAP_SYS_PTRACE CAP_DAC_READ_SEARCH;", "sudo",
        "setcap cap_bpf,cap_perfmon,cap_sys_ptrace,cap_dac_read_search=ep " PROFILEGEN, "docker run --pid=host"}) {
    CHECK_THAT(outcome.err, Catch::Contains(part));
  }
  CHECK_FALSE(scratch.exists("profilegen-trace.json"));
}

TEST_CASE("Each of the four is needed") {
  for (const std::string name : {"bpf", "perfmon", "sys_ptrace", "dac_read_search"}) {
    CAPTURE(name);
    const Scratch scratch;
    std::string rest = kEnough;
    const std::string word = "+" + name;
    rest.erase(rest.find(word), word.size() + (rest.ends_with(word) ? 0 : 1));
    if (rest.ends_with(',')) rest.pop_back();
    const Outcome outcome = record_as_user(scratch, rest);
    CHECK(outcome.status == 125);
    std::string upper = name;
    for (char& c : upper) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
    CHECK_THAT(outcome.err, Catch::Contains("missing here: CAP_" + upper + ";"));
  }
}
