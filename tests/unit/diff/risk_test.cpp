// SPDX-License-Identifier: Apache-2.0
#include "risk.h"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "profilegen/capabilities.h"
#include "profilegen_data.h"

using namespace profilegen;

namespace {

Change file(const std::string& path, const std::string& permissions) {
  return {.kind = ChangeKind::file, .item = path, .direction = Direction::added, .permissions = permissions};
}

Change executable(const std::string& path) {
  return {.kind = ChangeKind::writable, .item = path, .direction = Direction::added, .permissions = "x"};
}

}  // namespace

TEST_CASE("A file in the user's own mount is ranked by that, but for what is dangerous wherever it lies") {
  const std::map<std::string, UserMount> mounts{{"/out", {"/home/me/out", "bind", true, false}},
                                                {"/out/deep", {"data", "volume", true, false}},
                                                {"/etc/app[1]", {"/srv/conf", "bind", true, false}},
                                                {"/s", {"/run/docker.sock", "bind", true, false}},
                                                {"/host", {"/", "bind", true, false}}};
  const struct {
    Change change;
    Risk expected;
    std::string detail;
  } cases[] = {
      {file("/out/*.log", "rw"), Risk::low, ", in your mount /out"},
      {file("/out/deep/x", "w"), Risk::low, ", in your mount /out/deep"},
      {file("/out*", "w"), Risk::high, ""},
      {file("/outer/x", "w"), Risk::high, ""},
      {file("/etc/app\\[1\\]/set?", "w"), Risk::low, ", in your mount /etc/app[1]"},
      {file("/out/tool", "rmix"), Risk::medium, ", in your mount /out"},
      {file("/s", "rw"), Risk::critical, ", in your mount /s"},
      {file("/host/etc/shadow", "r"), Risk::high, ", in your mount /host"},
      {file("/host/var/run/docker.sock", "w"), Risk::critical, ", in your mount /host"},
  };
  for (auto [change, expected, detail] : cases) {
    CAPTURE(change.item);
    diff::rank(change, mounts);
    CHECK(risk_name(change.risk) == risk_name(expected));
    CHECK(change.detail == detail);
  }
}

TEST_CASE("What is added is ranked by what it opens") {
  const struct {
    Change change;
    Risk expected;
  } cases[] = {
      {{ChangeKind::syscall, "ptrace", Direction::added}, Risk::high},
      {{ChangeKind::syscall, "i386 ptrace", Direction::added}, Risk::high},
      {{ChangeKind::syscall, "init_module", Direction::added}, Risk::critical},
      {{ChangeKind::syscall, "read", Direction::added}, Risk::low},
      {{ChangeKind::arguments, "clone", Direction::added, "such as CLONE_NEWUSER"}, Risk::high},
      {{ChangeKind::arguments, "prctl", Direction::added}, Risk::low},
      {{ChangeKind::capability, "SYS_ADMIN", Direction::added}, Risk::critical},
      {{ChangeKind::capability, "NET_BIND_SERVICE", Direction::added}, Risk::low},
      {{ChangeKind::capability, "#63", Direction::added}, Risk::high},
      {{ChangeKind::writable, "/etc/app", Direction::added, "volume"}, Risk::high},
      {{ChangeKind::writable, "/etcetera", Direction::added, "volume"}, Risk::high},
      {{ChangeKind::writable, "/run/app", Direction::added, "tmpfs"}, Risk::low},
      {{ChangeKind::writable, "/run/docker.sock", Direction::added, "tmpfs"}, Risk::critical},
      {executable("/run/app"), Risk::high},
      {file("/etc/passwd", "r"), Risk::low},
      {file("/etc/shadow", "r"), Risk::high},
      {file("/etc/passwd", "w"), Risk::high},
      {file("/usr/bin/sh", "rmix"), Risk::medium},
      {file("/proc/self/attr/exec", "w"), Risk::low},
      {file("/proc/sys/kernel/core_pattern", "w"), Risk::critical},
      {{ChangeKind::network, "inet stream", Direction::added}, Risk::medium},
      {{ChangeKind::network, "inet raw", Direction::added}, Risk::high},
      {{ChangeKind::network, "alg seqpacket", Direction::added}, Risk::high},
      {{ChangeKind::option, "read-only", Direction::added}, Risk::high},
      {{ChangeKind::mount, "/data", Direction::added}, Risk::medium},
      {{ChangeKind::flag, "--volume=/:/host", Direction::added}, Risk::critical},
      {{ChangeKind::flag, "--volume=/tmp", Direction::added}, Risk::low},
      {{ChangeKind::flag, "--cap-add=ALL", Direction::added}, Risk::critical},
      {{ChangeKind::flag, "--cap-add=NET_BIND_SERVICE", Direction::added}, Risk::low},
      {{ChangeKind::flag, "--read-only", Direction::added}, Risk::high},
      {{ChangeKind::architecture, "i386", Direction::added}, Risk::high},
      {{ChangeKind::default_answer, "calls that are not named", Direction::added}, Risk::critical},
  };
  for (auto [change, expected] : cases) {
    CAPTURE(change_kind_name(change.kind), change.item, change.detail);
    diff::rank(change);
    CHECK(risk_name(change.risk) == risk_name(expected));
    CHECK_FALSE(change.opens.empty());
  }
}

TEST_CASE("What a change says in words is not what it is ranked by") {
  Change change{ChangeKind::writable, "/run/app", Direction::added, "tmpfs, for whom it executes"};
  diff::rank(change);
  CHECK(risk_name(change.risk) == "low");
}

TEST_CASE("The table of risks names only what there is, and each thing once") {
  const auto table = nlohmann::json::parse(data::risk_json);
  for (const char* section : {"syscall", "arguments", "capability"}) {
    std::set<std::string> seen;
    for (const auto& line : table.at(section))
      for (const std::string name : line.at("names")) {
        CAPTURE(section, name);
        CHECK(seen.insert(name).second);
        if (std::string(section) == "capability")
          CHECK(capability_number(name));
        else
          CHECK((syscall_number(Arch::x86_64, name) || syscall_number(Arch::x86, name)));
      }
  }
  for (uint32_t number = 0; capability_name(number)[0] != '#'; ++number) {
    Change change{ChangeKind::capability, capability_name(number), Direction::added};
    diff::rank(change);
    CAPTURE(change.item);
    CHECK(change.opens !=
          table.at("otherwise").at("capability").at("opens").get<std::string>());  // each capability has its own rank
  }
}
