// SPDX-License-Identifier: Apache-2.0
// Builds BPF programs of a few instructions that test what a kernel allows.
#pragma once

#include <linux/bpf.h>

namespace profilegen {

constexpr bpf_insn instruction(__u8 code, __u8 to = 0, __u8 from = 0, __s32 value = 0) {
  bpf_insn made{};
  made.code = code;
  made.dst_reg = to & 0xf;
  made.src_reg = from & 0xf;
  made.imm = value;
  return made;
}
inline constexpr bpf_insn kReturnZero[] = {instruction(BPF_ALU64 | BPF_MOV | BPF_K), instruction(BPF_JMP | BPF_EXIT)};

}  // namespace profilegen
