// SPDX-License-Identifier: Apache-2.0
// diff must report exactly the differences that appear when each call is run through both filters. Compares the
// engines' default filters (shipped by Debian, or measured) and profiles. The filters are compiled and run here
// independently.
#include <linux/audit.h>
#include <linux/seccomp.h>
#include <seccomp.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <random>
#include <set>
#include <sstream>

#include "emit/oci_filter.h"
#include "profilegen/diff.h"

using namespace profilegen;
using nlohmann::json;

namespace {

constexpr const char* kPodmanDefault = "/usr/share/containers/seccomp.json";
constexpr std::array<uint64_t, 12> kValues = {0,  1,       2,          8,          16,         17,
                                              40, 0x20008, 0x10000000, 0x7e020000, 0xffffffff, 0x100000008};

scmp_compare comparison(const std::string& name) {
  static const std::map<std::string, scmp_compare> names = {{"SCMP_CMP_NE", SCMP_CMP_NE},
                                                            {"SCMP_CMP_LT", SCMP_CMP_LT},
                                                            {"SCMP_CMP_LE", SCMP_CMP_LE},
                                                            {"SCMP_CMP_EQ", SCMP_CMP_EQ},
                                                            {"SCMP_CMP_GE", SCMP_CMP_GE},
                                                            {"SCMP_CMP_GT", SCMP_CMP_GT},
                                                            {"SCMP_CMP_MASKED_EQ", SCMP_CMP_MASKED_EQ}};
  return names.at(name);
}

uint32_t action(const json& object, const char* key, const char* errnum) {
  if (object.at(key) == "SCMP_ACT_ALLOW") return SCMP_ACT_ALLOW;
  REQUIRE(object.at(key) == "SCMP_ACT_ERRNO");
  return SCMP_ACT_ERRNO(object.contains(errnum) && !object[errnum].is_null() ? object[errnum].get<uint32_t>() : 1);
}

bool has(const json& rule, const char* condition, const char* list, const std::string& value) {
  if (!rule.contains(condition) || !rule[condition].contains(list) || rule[condition][list].is_null()) return false;
  for (const auto& one : rule[condition][list])
    if (one == value) return true;
  return false;
}

/// True if the rule applies to a container on this architecture without capabilities.
bool counts(const json& rule) {
  const bool some_machines =
      rule.contains("includes") && rule["includes"].contains("arches") && !rule["includes"]["arches"].empty();
  if (some_machines && !has(rule, "includes", "arches", "amd64")) return false;
  if (has(rule, "excludes", "arches", "amd64")) return false;
  return !(rule.contains("includes") && rule["includes"].contains("caps") && !rule["includes"]["caps"].empty());
}

/// Only the tables that the file lists, x86-64 among them.
BpfMachine by_hand(const json& file) {
  const uint32_t otherwise = action(file, "defaultAction", "defaultErrnoRet");
  const std::unique_ptr<void, void (*)(void*)> filter(seccomp_init(otherwise), seccomp_release);
  oci::set_architectures(filter.get(), file.at("architectures"));
  for (const auto& rule : file.at("syscalls")) {
    const uint32_t act = action(rule, "action", "errnoRet");
    if (!counts(rule) || act == otherwise) continue;
    std::vector<scmp_arg_cmp> arguments;
    if (rule.contains("args") && !rule["args"].is_null())
      for (const auto& one : rule["args"])
        arguments.push_back({one.at("index"), comparison(one.at("op")), one.at("value").get<uint64_t>(),
                             one.value("valueTwo", uint64_t{0})});
    for (const std::string name : rule.at("names")) {
      const int number = seccomp_syscall_resolve_name(name.c_str());
      if (number == __NR_SCMP_ERROR) continue;
      REQUIRE(seccomp_rule_add_array(filter.get(), act, number, static_cast<unsigned>(arguments.size()),
                                     arguments.data()) == 0);
    }
  }
  return BpfMachine(oci::exported(filter.get()));
}

json parsed(const std::string& path) {
  std::ifstream file(path);
  REQUIRE(file);
  return json::parse(file);
}

/// A profile that allows some calls, as JSON that is not made by the emitter.
json plain(const std::set<std::string>& calls) {
  return {{"defaultAction", "SCMP_ACT_ERRNO"},
          {"defaultErrnoRet", 38},
          {"architectures", {"SCMP_ARCH_X86_64"}},
          {"syscalls",
           {{{"names", calls}, {"action", "SCMP_ACT_ALLOW"}},
            {{"names", {"clone"}},
             {"action", "SCMP_ACT_ALLOW"},
             {"args", {{{"index", 0}, {"value", 0x7e020000}, {"valueTwo", 0}, {"op", "SCMP_CMP_MASKED_EQ"}}}}}}}};
}

/// The filter that dockerd passes to runc (scripts/measure-default.sh), with its arguments for two calls.
json docker() {
  json file = plain(docker_default().calls);
  auto& names = file["syscalls"][0]["names"];
  for (const char* restricted : {"clone", "personality"}) names.erase(std::ranges::find(names, json(restricted)));
  for (const uint64_t persona : std::array<uint64_t, 5>{0x0, 0x8, 0x20000, 0x20008, 0xffffffff})
    file["syscalls"].push_back({{"names", {"personality"}},
                                {"action", "SCMP_ACT_ALLOW"},
                                {"args", {{{"index", 0}, {"value", persona}, {"op", "SCMP_CMP_EQ"}}}}});
  return file;
}

Policy policy(const json& file) {
  const auto filter = SeccompEffect::of_file(file.dump(), "f.json", {});
  REQUIRE(filter);
  return {"f.json", {}, *filter};
}

struct Seen {
  bool more = false;
  bool less = false;
  bool kept = false;
};

void look(Seen& seen, const BpfMachine& before, const BpfMachine& after, const seccomp_data& data) {
  const bool was = before.run(data) == SECCOMP_RET_ALLOW;
  const bool is = after.run(data) == SECCOMP_RET_ALLOW;
  seen.more |= !was && is;
  seen.less |= was && !is;
  seen.kept |= was && is;
}

/// Tries each value and its neighbours in each of the first three arguments.
Seen ask(const BpfMachine& before, const BpfMachine& after, uint32_t audit_arch, uint32_t number, bool has_arguments) {
  Seen seen;
  seccomp_data data{};
  data.arch = audit_arch;
  data.nr = static_cast<int>(number);
  look(seen, before, after, data);
  if (!has_arguments) return seen;
  std::set<uint64_t> values;
  for (const uint64_t value : kValues) values.insert({value - 1, value, value + 1});
  for (const uint64_t first : values)
    for (const uint64_t second : values)
      for (const uint64_t third : values) {
        data.args[0] = first;
        data.args[1] = second;
        data.args[2] = third;
        look(seen, before, after, data);
      }
  return seen;
}

/// The calls that a rule of either filter restricts by arguments.
std::set<std::string> restricted(const json& before, const json& after) {
  std::set<std::string> names;
  for (const json* file : {&before, &after})
    for (const auto& rule : file->at("syscalls"))
      if (rule.contains("args") && !rule["args"].empty()) names.insert(rule["names"].begin(), rule["names"].end());
  return names;
}

/// "+syscall" and the like of what compare() reports, by call as it names them.
std::map<std::string, std::set<std::string>> reported(const json& before, const json& after) {
  std::map<std::string, std::set<std::string>> told;
  for (const Change& change : compare(policy(before), policy(after))) {
    if (change.kind != ChangeKind::syscall && change.kind != ChangeKind::arguments) continue;
    told[change.item].insert((change.direction == Direction::added ? "+" : "-") +
                             std::string(change_kind_name(change.kind)));
  }
  return told;
}

std::set<std::string> expected_of(const Seen& seen) {
  std::set<std::string> expected;
  const bool whole = !seen.kept && !(seen.more && seen.less);
  if (seen.more) expected.insert(whole ? "+syscall" : "+arguments");
  if (seen.less) expected.insert(whole ? "-syscall" : "-arguments");
  return expected;
}

void check_pair(const json& before, const json& after) {
  auto told = reported(before, after);
  const BpfMachine old_machine = by_hand(before);
  const BpfMachine new_machine = by_hand(after);
  const auto with_arguments = restricted(before, after);
  size_t differing = 0;
  for (const KnownSyscall& call : known_syscalls(Arch::x86_64)) {
    if (!libseccomp_names(call.name)) continue;  // libseccomp can't compile it
    const auto expected =
        expected_of(ask(old_machine, new_machine, AUDIT_ARCH_X86_64, call.number, with_arguments.contains(call.name)));
    CAPTURE(call.name);
    CHECK(told[call.name] == expected);
    differing += expected.empty() ? 0 : 1;
  }
  CHECK(differing > 0);
}

}  // namespace

TEST_CASE("Docker's default against Podman's, and both against a small profile: as by brute force") {
  if (access(kPodmanDefault, R_OK) != 0) {
    if (getenv("PROFILEGEN_REQUIRE_LIVE") != nullptr) FAIL(kPodmanDefault << " is missing");
    WARN(kPodmanDefault << " is missing: Podman's default was not compared");
    return;
  }
  json podman = parsed(kPodmanDefault);
  podman.erase("archMap");
  podman["architectures"] = {"SCMP_ARCH_X86_64"};
  const json small = plain({"read", "write", "execve", "socket", "personality", "exit_group"});
  check_pair(docker(), podman);
  check_pair(podman, docker());
  check_pair(podman, small);
  check_pair(small, docker());
}

TEST_CASE("Any two filters with arguments: as by brute force") {
  std::mt19937 random(5);
  const char* const ops[] = {"SCMP_CMP_NE", "SCMP_CMP_LT", "SCMP_CMP_LE",       "SCMP_CMP_EQ",
                             "SCMP_CMP_GE", "SCMP_CMP_GT", "SCMP_CMP_MASKED_EQ"};
  const auto any = [&] {
    json file = plain({"read", "write"});
    for (const char* name : {"socket", "prctl", "ioctl"}) {
      for (auto count = random() % 3; count > 0; --count) {
        json arguments = json::array();
        for (auto index = random() % 3; index < 3; index += 1 + random() % 3)
          arguments.push_back({{"index", index},
                               {"value", kValues[random() % kValues.size()]},
                               {"valueTwo", kValues[random() % 4]},
                               {"op", ops[random() % 7]}});
        file["syscalls"].push_back({{"names", {name}}, {"action", "SCMP_ACT_ALLOW"}, {"args", arguments}});
      }
    }
    return file;
  };
  for (int round = 0; round < 25; ++round) {
    json before = any();
    json after = any();
    after["syscalls"][0]["names"].push_back("getppid");  // makes a difference
    CAPTURE(before.dump(), after.dump());
    check_pair(before, after);
  }
}

TEST_CASE("i386's socketcall and ipc, which rules for socket, semget and the like decide, too: as by brute force") {
  constexpr uint64_t most = 25;  // above the numbers of all that they stand for
  const std::set<std::string> names = {"socketcall", "ipc",    "socket", "bind",  "accept4",
                                       "sendto",     "semget", "shmget", "shmat", "msgctl"};
  const std::vector<std::string> list(names.begin(), names.end());
  std::mt19937 random(11);
  const auto any = [&](const char* otherwise, const char* other) {
    json file = {{"defaultAction", otherwise},
                 {"architectures", {"SCMP_ARCH_X86_64", "SCMP_ARCH_X86"}},
                 {"syscalls", {{{"names", {"read"}}, {"action", other}}}}};
    std::set<std::string> used;
    for (auto count = 1 + random() % 4; count > 0; --count) {
      const std::string& name = list[random() % list.size()];
      json arguments = json::array();
      if (random() % 2 == 0)
        arguments.push_back({{"index", random() % 2}, {"value", 1 + random() % most}, {"op", "SCMP_CMP_EQ"}});
      if (used.insert(name).second)
        file["syscalls"].push_back({{"names", {name}}, {"action", other}, {"args", arguments}});
    }
    return file;
  };
  size_t differing = 0;
  for (int round = 0; round < 200; ++round) {
    const bool denies = round % 2 == 1;
    const json before = denies ? any("SCMP_ACT_ALLOW", "SCMP_ACT_ERRNO") : any("SCMP_ACT_ERRNO", "SCMP_ACT_ALLOW");
    const json after = denies ? any("SCMP_ACT_ALLOW", "SCMP_ACT_ERRNO") : any("SCMP_ACT_ERRNO", "SCMP_ACT_ALLOW");
    CAPTURE(before.dump(), after.dump());
    auto told = reported(before, after);
    const BpfMachine old_machine = by_hand(before);
    const BpfMachine new_machine = by_hand(after);
    for (const std::string& name : names) {
      const auto number = syscall_number(Arch::x86, name);
      if (!number) continue;
      Seen seen;
      seccomp_data data{};
      data.arch = AUDIT_ARCH_I386;
      data.nr = static_cast<int>(*number);
      for (data.args[0] = 0; data.args[0] <= most + 1; ++data.args[0])
        for (data.args[1] = 0; data.args[1] <= most + 1; ++data.args[1]) look(seen, old_machine, new_machine, data);
      CAPTURE(name);
      CHECK(told["i386 " + name] == expected_of(seen));
      differing += name == "socketcall" || name == "ipc" ? expected_of(seen).size() : 0;
    }
  }
  CHECK(differing > 50);
}
