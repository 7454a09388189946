// SPDX-License-Identifier: Apache-2.0
#include "floor.h"

#include <bpf/bpf.h>
#include <bpf/btf.h>
#include <linux/bpf.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <memory>
#include <stdexcept>
#include <string>

namespace {

int check(int result, const char* what) {
  if (result < 0) throw std::runtime_error(std::string(what) + ": " + std::strerror(errno));
  return result;
}

bpf_insn instruction(__u8 code) {
  bpf_insn made{};
  made.code = code;
  return made;
}

// Loads "r0 = 0; exit".
int load_empty(const btf* kernel, const char* tracepoint) {
  const bpf_insn program[] = {instruction(BPF_ALU64 | BPF_MOV | BPF_K), instruction(BPF_JMP | BPF_EXIT)};
  LIBBPF_OPTS(bpf_prog_load_opts, options, .expected_attach_type = BPF_TRACE_RAW_TP);
  const int type = check(btf__find_by_name_kind(kernel, tracepoint, BTF_KIND_TYPEDEF), tracepoint);
  options.attach_btf_id = static_cast<__u32>(type);
  return check(bpf_prog_load(BPF_PROG_TYPE_TRACING, "floor", "GPL", program, 2, &options), "loading an empty program");
}

}  // namespace

Floor::Floor() {
  const std::unique_ptr<btf, decltype(&btf__free)> kernel(btf__load_vmlinux_btf(), btf__free);
  if (!kernel) throw std::runtime_error("the kernel has no BTF");
  for (const char* tracepoint : {"btf_trace_sys_enter", "btf_trace_sys_exit"}) {
    descriptors_.push_back(load_empty(kernel.get(), tracepoint));
    descriptors_.push_back(check(bpf_raw_tracepoint_open(nullptr, descriptors_.back()), "attaching an empty program"));
  }
}

Floor::~Floor() {
  for (const int descriptor : descriptors_) close(descriptor);
}
