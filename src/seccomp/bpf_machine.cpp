// SPDX-License-Identifier: Apache-2.0
#include "bpf_machine.h"

#include <cstring>
#include <stdexcept>
#include <string>

namespace profilegen {
namespace {

uint32_t load(const seccomp_data& data, uint32_t offset) {
  uint32_t word = 0;
  if (offset + sizeof word > sizeof data) throw std::logic_error("a load beyond struct seccomp_data");
  std::memcpy(&word, reinterpret_cast<const char*>(&data) + offset, sizeof word);
  return word;
}

uint32_t jump(const sock_filter& op, uint32_t accumulator) {
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
      throw std::logic_error("unexpected instruction " + std::to_string(op.code));
  }
}

}  // namespace

uint32_t BpfMachine::run(const seccomp_data& data) const {
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
  throw std::logic_error("the filter ends without an answer");
}

}  // namespace profilegen
