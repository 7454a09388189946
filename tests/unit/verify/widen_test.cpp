// SPDX-License-Identifier: Apache-2.0
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "profilegen/verify.h"

using namespace profilegen;
using nlohmann::json;

namespace {

json widened(const std::string& filter, const std::set<CallKey>& calls,
             const std::set<Arch>& covered = {native_arch()}) {
  const auto wider = widened_filter(filter, calls, covered, "f.json");
  INFO(filter);
  if (!wider) FAIL(wider.error().line());
  return json::parse(*wider);
}

CallKey call(const std::string& name) { return {native_arch(), name}; }

const json kAllowed = {{"names", {"mkdir"}}, {"action", "SCMP_ACT_ALLOW"}};

}  // namespace

TEST_CASE("a denied call gets a rule, and leaves the rules that refuse it") {
  const json wider = widened(R"({"defaultAction": "SCMP_ACT_ERRNO", "syscalls": [
      {"names": ["read"], "action": "SCMP_ACT_ALLOW", "comment": "kept"},
      {"names": ["mkdir", "mount"], "action": "SCMP_ACT_ERRNO", "errnoRet": 38},
      {"names": ["mkdir"], "action": "SCMP_ACT_ERRNO", "args": [{"index": 1, "value": 1, "op": "SCMP_CMP_EQ"}]},
      {"name": "mkdir", "action": "SCMP_ACT_KILL"}]})",
                             {call("mkdir")});
  const json& rules = wider.at("syscalls");
  REQUIRE(rules.size() == 3);
  CHECK(rules.at(0).at("comment") == "kept");
  CHECK(rules.at(1).at("names") == json({"mount"}));
  CHECK(rules.at(2) == kAllowed);
}

TEST_CASE("where the default allows, only the refusing rules lose the call") {
  const json wider = widened(R"({"defaultAction": "SCMP_ACT_ALLOW", "syscalls": [
      {"names": ["mkdir"], "action": "SCMP_ACT_ERRNO"}]})",
                             {call("mkdir")});
  CHECK(wider.at("syscalls").empty());
}

TEST_CASE("a call of a table that the filter does not cover opens the table, in the filter's own form") {
  const std::string otherwise = R"({"defaultAction": "SCMP_ACT_ERRNO")";
  const std::set<CallKey> calls = {{Arch::x86, "mkdir"}};
  const std::string native(arch_oci_name(native_arch()));
  CHECK(widened(otherwise + "}", calls).at("architectures") == json({native, "SCMP_ARCH_X86"}));
  CHECK(widened(otherwise + R"(, "architectures": [")" + native + "\"]}", calls).at("architectures") ==
        json({native, "SCMP_ARCH_X86"}));
  const json mapped = widened(otherwise + R"(, "archMap": [{"architecture": ")" + native + "\"}]}", calls);
  CHECK_FALSE(mapped.contains("architectures"));
  CHECK(mapped.at("archMap").at(0).at("subArchitectures") == json({"SCMP_ARCH_X86"}));
  CHECK_FALSE(widened(otherwise + "}", {call("mkdir")}).contains("architectures"));
}

TEST_CASE("a call without a name stays denied") {
  CHECK(widened(R"({"defaultAction": "SCMP_ACT_ERRNO"})", {call("#4000")}).at("syscalls").empty());
  CHECK_FALSE(widened_filter("[]", {call("mkdir")}, {}, "f.json"));
}

TEST_CASE("a filter of any depth and with any kind of value is taken, or refused, without harm") {
  const std::string deep = std::string(100'000, '[') + std::string(100'000, ']');
  for (const std::string& odd :
       {R"({"defaultAction": 1, "x": )" + deep + "}", R"({"defaultAction": "SCMP_ACT_KILL", "x": )" + deep + "}"}) {
    CHECK_FALSE(answering_filter(odd));
    CHECK_FALSE(complaining_filter(odd, "f.json"));
  }
  CHECK(complaining_filter(R"({"defaultAction": [], "syscalls": [{"action": 1}, 2]})", "f.json"));
  CHECK_FALSE(answering_filter(R"({"defaultAction": [], "syscalls": [{"action": 1}, 2, {"action": null}]})"));
}

TEST_CASE("a filter that sends signals answers EPERM instead, to the same calls") {
  const auto answering = answering_filter(R"({"defaultAction": "SCMP_ACT_KILL", "syscalls": [
      {"names": ["read"], "action": "SCMP_ACT_ALLOW"}, {"names": ["mkdir"], "action": "SCMP_ACT_ERRNO", "errnoRet": 38},
      {"names": ["mount"], "action": "SCMP_ACT_TRAP"}, {"names": ["bpf"], "action": "SCMP_ACT_KILL_PROCESS"}]})");
  REQUIRE(answering);
  const json filter = json::parse(*answering);
  CHECK(filter.at("defaultAction") == "SCMP_ACT_ERRNO");
  CHECK(filter.at("defaultErrnoRet") == 1);
  const json& rules = filter.at("syscalls");
  CHECK(rules.at(0) == json{{"names", {"read"}}, {"action", "SCMP_ACT_ALLOW"}});
  CHECK(rules.at(1).at("errnoRet") == 38);
  for (const size_t place : {2U, 3U}) {
    CHECK(rules.at(place).at("action") == "SCMP_ACT_ERRNO");
    CHECK(rules.at(place).at("errnoRet") == 1);
  }
  CHECK_FALSE(answering_filter(R"({"defaultAction": "SCMP_ACT_ERRNO", "syscalls": []})"));
}
