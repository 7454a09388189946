// SPDX-License-Identifier: Apache-2.0
// Makes traces concisely. By default of one confined docker container with runc and the usual mounts.
#pragma once

#include <algorithm>
#include <catch2/catch.hpp>
#include <string>

#include "profilegen/analyze.h"

class TraceOf {
 public:
  TraceOf() {
    profilegen::Run& first = run("run0");
    first.subject.engine = "docker";
    first.subject.container_name = "web";
    first.subject.runtime = "runc";
    first.subject.runtime_version = "1.1.5";
    first.subject.seccomp_confined = true;
    first.mounts = {{"/", "overlay", "overlay", "image", false},
                    {"/dev", "tmpfs", "tmpfs", "engine", false},
                    {"/etc/hosts", "ext4", "/dev/sda1", "engine", false},
                    {"/proc", "proc", "proc", "engine", false}};
  }

  profilegen::Run& run(const std::string& id = "run0") { return trace_.runs[id]; }

  TraceOf& call(const std::string& name, profilegen::Phase phase = profilegen::Phase::app,
                profilegen::Arch arch = profilegen::Arch::x86_64) {
    const auto number = profilegen::syscall_from_label(arch, name);
    REQUIRE(number);
    trace_.syscalls[{phase, arch, *number}].runs.insert("run0");
    return *this;
  }

  TraceOf& arguments(const std::string& name, const profilegen::ArgumentValues& values) {
    const auto number = profilegen::syscall_from_label(profilegen::Arch::x86_64, name);
    REQUIRE(number);
    trace_.arguments[{{profilegen::Phase::app, profilegen::Arch::x86_64, *number}, values}].runs.insert("run0");
    return *this;
  }

  TraceOf& denied(const std::string& name, uint32_t errnum) {
    trace_.denied[{profilegen::Arch::x86_64, *profilegen::syscall_from_label(profilegen::Arch::x86_64, name), errnum}]
        .runs.insert("run0");
    return *this;
  }

  TraceOf& capability(uint32_t number, profilegen::CapVerdict verdict, const std::string& site = "", uint64_t count = 1,
                      const std::string& id = "run0") {
    auto& fact = trace_.capabilities[{number, verdict, profilegen::Arch::x86_64, profilegen::kNoSyscall, site}];
    fact.runs.insert(id);
    fact.counts[id] += count;
    return *this;
  }

  TraceOf& file(const std::string& path, profilegen::FileOp op, const std::string& id = "run0") {
    trace_.files[{path, op}].runs.insert(id);
    return *this;
  }

  TraceOf& directory(const std::string& path, profilegen::FileOp op) {
    file(path, op);
    trace_.files[{path, op}].directory = true;
    return *this;
  }

  TraceOf& socket(uint32_t family, uint32_t type, profilegen::SocketUse use = profilegen::SocketUse::made) {
    trace_.sockets[{family, type, use}].runs.insert("run0");
    return *this;
  }

  TraceOf& behaviour(profilegen::Behaviour behaviour, const std::string& call,
                     profilegen::Arch arch = profilegen::Arch::x86_64, const std::string& id = "run0") {
    const auto number = profilegen::syscall_from_label(arch, call);
    REQUIRE(number);
    trace_.behaviours[{behaviour, arch, *number}].runs.insert(id);
    return *this;
  }

  TraceOf& port(uint32_t family, uint32_t type, uint32_t number) {
    trace_.ports[{family, type, number}].runs.insert("run0");
    return *this;
  }

  TraceOf& mount(const std::string& path, const std::string& origin, const std::string& source = "src") {
    run().mounts.push_back({path, "ext4", source, origin, false});
    std::ranges::sort(run().mounts);
    return *this;
  }

  TraceOf& image_directory(const std::string& path, bool has_content, uint32_t mode = 0755, uint32_t uid = 0,
                           uint32_t gid = 0) {
    run().directories.push_back({path, true, has_content, mode, uid, gid});
    return *this;
  }

  [[nodiscard]] const profilegen::Trace& trace() const { return trace_; }

  [[nodiscard]] profilegen::Profile profile(const std::set<std::string>& runtimes = {}) const {
    const profilegen::Result<profilegen::Profile> result = profilegen::analyze(trace_, {runtimes, false});
    REQUIRE(result);
    return *result;
  }

 private:
  profilegen::Trace trace_;
};

inline std::set<std::string> keys_of(const std::map<std::string, profilegen::Hole>& holes) {
  std::set<std::string> keys;
  for (const auto& [path, hole] : holes) keys.insert(path);
  return keys;
}

inline bool has_line(const std::vector<std::string>& lines, const std::string& part) {
  return std::ranges::any_of(lines, [&](const std::string& line) { return line.find(part) != std::string::npos; });
}
