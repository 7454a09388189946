// SPDX-License-Identifier: Apache-2.0
// Executes a seccomp filter's classic BPF as the kernel would; only the instructions that libseccomp generates.
#pragma once

#include <linux/filter.h>
#include <linux/seccomp.h>

#include <cstdint>
#include <vector>

namespace profilegen {

class BpfMachine {
 public:
  explicit BpfMachine(std::vector<sock_filter> program) : program_(std::move(program)) {}

  /// The filter's return value for the call, e.g. SECCOMP_RET_ALLOW. Throws std::logic_error for a program that
  /// libseccomp does not generate.
  [[nodiscard]] uint32_t run(const seccomp_data& data) const;
  [[nodiscard]] const std::vector<sock_filter>& program() const { return program_; }

 private:
  std::vector<sock_filter> program_;
};

}  // namespace profilegen
