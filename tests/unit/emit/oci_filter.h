// SPDX-License-Identifier: Apache-2.0
// Compiles OCI seccomp JSON as runc and crun do: drops unknown names, and skips rules that equal the default.
#pragma once

#include <linux/seccomp.h>
#include <seccomp.h>
#include <sys/mman.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>

#include "bpf_machine.h"  // in src/seccomp

enum class DefaultErrno {
  honoured,  ///< podman, crun, newer dockerd
  ignored,   ///< dockerd 20.10, whose default is always EPERM
};

namespace oci {

inline uint32_t action_of(const nlohmann::json& rule, const char* action, const char* errnum, bool with_errno = true) {
  if (rule.at(action) == "SCMP_ACT_ALLOW") return SCMP_ACT_ALLOW;
  REQUIRE(rule.at(action) == "SCMP_ACT_ERRNO");
  return SCMP_ACT_ERRNO(with_errno ? rule.at(errnum).get<uint32_t>() : 1);
}

// Only the listed architectures, on any machine: libseccomp translates names between tables.
inline void set_architectures(scmp_filter_ctx filter, const nlohmann::json& arches) {
  REQUIRE(seccomp_arch_remove(filter, SCMP_ARCH_NATIVE) == 0);
  for (const std::string name : arches) {
    // "SCMP_ARCH_X86_64" gives "x86_64".
    std::string token = name.substr(std::string("SCMP_ARCH_").size());
    for (char& letter : token) letter = static_cast<char>(std::tolower(letter));
    const uint32_t arch = seccomp_arch_resolve_name(token.c_str());
    REQUIRE(arch != 0);
    REQUIRE(seccomp_arch_add(filter, arch) == 0);
  }
}

inline void add_rule(scmp_filter_ctx filter, const nlohmann::json& rule, uint32_t default_action) {
  const uint32_t action = action_of(rule, "action", "errnoRet");
  if (action == default_action) return;
  std::vector<scmp_arg_cmp> arguments;
  for (const auto& argument : rule.value("args", nlohmann::json::array())) {
    REQUIRE(argument.at("op") == "SCMP_CMP_MASKED_EQ");
    arguments.push_back({argument.at("index"), SCMP_CMP_MASKED_EQ, argument.at("value"), argument.at("valueTwo")});
  }
  for (const std::string name : rule.at("names")) {
    const int number = seccomp_syscall_resolve_name(name.c_str());
    if (number == __NR_SCMP_ERROR) continue;
    const auto count = static_cast<unsigned int>(arguments.size());
    REQUIRE(seccomp_rule_add_array(filter, action, number, count, arguments.data()) == 0);
  }
}

inline std::vector<sock_filter> exported(scmp_filter_ctx filter) {
  const int fd = memfd_create("filter", MFD_CLOEXEC);
  REQUIRE(fd >= 0);
  REQUIRE(seccomp_export_bpf(filter, fd) == 0);
  std::vector<sock_filter> program(static_cast<size_t>(lseek(fd, 0, SEEK_END)) / sizeof(sock_filter));
  const size_t bytes = program.size() * sizeof(sock_filter);
  REQUIRE(pread(fd, program.data(), bytes, 0) == static_cast<ssize_t>(bytes));
  close(fd);
  return program;
}

inline profilegen::BpfMachine compile(const std::string& text, DefaultErrno default_errno = DefaultErrno::honoured) {
  const auto profile = nlohmann::json::parse(text);
  const uint32_t default_action =
      action_of(profile, "defaultAction", "defaultErrnoRet", default_errno == DefaultErrno::honoured);
  const std::unique_ptr<void, void (*)(void*)> filter(seccomp_init(default_action), seccomp_release);
  REQUIRE(filter != nullptr);
  set_architectures(filter.get(), profile.at("architectures"));
  for (const auto& rule : profile.at("syscalls")) add_rule(filter.get(), rule, default_action);
  return profilegen::BpfMachine(exported(filter.get()));
}

/// The filter's result for the call, e.g. SECCOMP_RET_ALLOW.
inline uint32_t run(const profilegen::BpfMachine& machine, uint32_t audit_arch, uint32_t number,
                    const std::vector<uint64_t>& arguments = {}) {
  seccomp_data data{};
  data.arch = audit_arch;
  data.nr = static_cast<int>(number);
  for (size_t place = 0; place < arguments.size(); ++place) data.args[place] = arguments[place];
  return machine.run(data);
}

}  // namespace oci
