// SPDX-License-Identifier: Apache-2.0
// Runs a seccomp filter's classic BPF as the kernel would (only the instructions that libseccomp writes).
#pragma once

#include <linux/filter.h>
#include <linux/seccomp.h>

#include <catch2/catch.hpp>
#include <cstring>
#include <vector>

class BpfMachine {
 public:
  explicit BpfMachine(std::vector<sock_filter> program) : program_(std::move(program)) {}

  /// What the filter returns for the call, e.g. SECCOMP_RET_ALLOW.
  [[nodiscard]] uint32_t run(uint32_t audit_arch, uint32_t number, const std::vector<uint64_t>& arguments = {}) const {
    seccomp_data data{};
    data.arch = audit_arch;
    data.nr = static_cast<int>(number);
    for (size_t place = 0; place < arguments.size(); ++place) data.args[place] = arguments[place];
    uint32_t accumulator = 0;
    for (size_t at = 0; at < program_.size(); ++at) {
      const sock_filter& op = program_[at];
      if (op.code == (BPF_RET | BPF_K)) return op.k;
      if (op.code == (BPF_LD | BPF_W | BPF_ABS)) {
        accumulator = load(data, op.k);
      } else if (op.code == (BPF_ALU | BPF_AND | BPF_K)) {
        accumulator &= op.k;
      } else {
        at += jump(op, accumulator);
      }
    }
    throw std::runtime_error("the filter ends without an answer");
  }

 private:
  static uint32_t load(const seccomp_data& data, uint32_t offset) {
    uint32_t word = 0;
    REQUIRE(offset + sizeof word <= sizeof data);
    std::memcpy(&word, reinterpret_cast<const char*>(&data) + offset, sizeof word);
    return word;
  }

  static uint32_t jump(const sock_filter& op, uint32_t accumulator) {
    switch (op.code) {
      case BPF_JMP | BPF_JA:
        return op.k;
      case BPF_JMP | BPF_JEQ | BPF_K:
        return accumulator == op.k ? op.jt : op.jf;
      case BPF_JMP | BPF_JGE | BPF_K:
        return accumulator >= op.k ? op.jt : op.jf;
      case BPF_JMP | BPF_JGT | BPF_K:
        return accumulator > op.k ? op.jt : op.jf;
      default:
        throw std::runtime_error("unexpected instruction " + std::to_string(op.code));
    }
  }

  std::vector<sock_filter> program_;
};
