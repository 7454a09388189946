// SPDX-License-Identifier: Apache-2.0
#include "risk.h"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "profilegen/capabilities.h"
#include "profilegen_data.h"

using namespace profilegen;

TEST_CASE("What is added is ranked by what it opens") {
  const struct {
    Change change;
    Risk expected;
  } cases[] = {
      {{"syscall", "ptrace", Direction::added}, Risk::high},
      {{"syscall", "i386 ptrace", Direction::added}, Risk::high},
      {{"syscall", "init_module", Direction::added}, Risk::critical},
      {{"syscall", "read", Direction::added}, Risk::low},
      {{"arguments", "clone", Direction::added, "such as CLONE_NEWUSER"}, Risk::high},
      {{"arguments", "prctl", Direction::added}, Risk::low},
      {{"capability", "SYS_ADMIN", Direction::added}, Risk::critical},
      {{"capability", "NET_BIND_SERVICE", Direction::added}, Risk::low},
      {{"capability", "#63", Direction::added}, Risk::high},
      {{"writable", "/etc/app", Direction::added, "volume"}, Risk::high},
      {{"writable", "/etcetera", Direction::added, "volume"}, Risk::high},
      {{"writable", "/run/app", Direction::added, "tmpfs"}, Risk::low},
      {{"writable", "/run/docker.sock", Direction::added, "tmpfs"}, Risk::critical},
      {{"writable", "/run/app", Direction::added, "tmpfs, executable"}, Risk::high},
      {{"file", "/etc/passwd", Direction::added, "r"}, Risk::low},
      {{"file", "/etc/shadow", Direction::added, "r"}, Risk::high},
      {{"file", "/etc/passwd", Direction::added, "w"}, Risk::high},
      {{"file", "/usr/bin/sh", Direction::added, "rmix"}, Risk::medium},
      {{"file", "/proc/self/attr/exec", Direction::added, "w"}, Risk::low},
      {{"file", "/proc/sys/kernel/core_pattern", Direction::added, "w"}, Risk::critical},
      {{"network", "inet stream", Direction::added}, Risk::medium},
      {{"network", "inet raw", Direction::added}, Risk::high},
      {{"network", "alg seqpacket", Direction::added}, Risk::high},
      {{"option", "read-only", Direction::added}, Risk::high},
      {{"mount", "/data", Direction::added}, Risk::medium},
      {{"architecture", "i386", Direction::added}, Risk::high},
      {{"default", "calls that are not named", Direction::added}, Risk::critical},
  };
  for (auto [change, expected] : cases) {
    CAPTURE(change.kind, change.item, change.detail);
    diff::rank(change);
    CHECK(risk_name(change.risk) == risk_name(expected));
    CHECK_FALSE(change.opens.empty());
  }
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
    Change change{"capability", capability_name(number), Direction::added};
    diff::rank(change);
    CAPTURE(change.item);
    CHECK(change.opens !=
          table.at("otherwise").at("capability").at("opens").get<std::string>());  // each capability has its own rank
  }
}
