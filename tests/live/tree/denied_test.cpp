// SPDX-License-Identifier: Apache-2.0
// A call that another filter denied while recording is not needed, and the program gets the same answer again.
#include <catch2/catch.hpp>
#include <cerrno>
#include <nlohmann/json.hpp>

#include "support/recorded.h"

using namespace profilegen;

namespace {

DeniedKey denied(const std::string& call, uint32_t errnum) {
  return {Arch::x86_64, *syscall_number(Arch::x86_64, call), errnum};
}

// "ALLOW", an errno, or "" if no rule names the call.
std::string answer_for(const std::string& filter, const std::string& call) {
  const auto policy = nlohmann::json::parse(filter);
  for (const auto& rule : policy["syscalls"])
    for (const auto& name : rule["names"])
      if (name == call) return rule.contains("errnoRet") ? rule["errnoRet"].dump() : "ALLOW";
  return "";
}

}  // namespace

TEST_CASE("A call that the program's own filter denied is answered as it was, and not allowed") {
  const Scratch scratch;
  const auto trace = scratch.record({prog("own_filter")});
  CHECK(trace.denied.count(denied("sched_getscheduler", EXDEV)) == 1);
  CHECK(app_calls(trace).count("sched_getscheduler") == 0);

  const Outcome emitted = scratch.profilegen({"emit", "--format", "seccomp", "profilegen-trace.json"});
  CHECK(answer_for(emitted.out, "sched_getscheduler") == std::to_string(EXDEV));
  CHECK(answer_for(emitted.out, "sched_getparam") == std::to_string(EPERM));
}

TEST_CASE("A call that was denied for some arguments only is recorded as denied and as used") {
  const Scratch scratch;
  const auto trace = scratch.record({prog("own_filter")});
  CHECK(trace.denied.count(denied("sched_get_priority_max", ENOTTY)) == 1);
  CHECK(app_calls(trace).count("sched_get_priority_max") == 1);
  const Outcome emitted = scratch.profilegen({"emit", "--format", "seccomp", "profilegen-trace.json"});
  CHECK(answer_for(emitted.out, "sched_get_priority_max") == "ALLOW");
}

TEST_CASE("A call that fails for other reasons than a filter is not denied") {
  const Scratch scratch;
  const auto trace = scratch.record({"sh", "-c", "cat nowhere; mkdir /proc/x; kill -9 2147483647; sleep 0.01; exit 0"});
  CHECK(trace.denied.empty());
  CHECK(app_calls(trace).count("mkdir") == 1);
  CHECK(app_calls(trace).count("kill") == 1);
}

TEST_CASE("What a filter only pretends to do is neither a call nor a change") {
  const Scratch scratch;
  const auto trace = scratch.record({prog("pretended_call")});
  CHECK(app_calls(trace).count("mkdir") == 0);
  CHECK(app_calls(trace).count("rmdir") == 0);
  CHECK(writes(trace) == std::set<std::string>{});
}
