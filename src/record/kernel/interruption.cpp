// SPDX-License-Identifier: Apache-2.0
#include "kernel/interruption.h"

#include <bpf/bpf.h>
#include <bpf/btf.h>
#include <fcntl.h>
#include <sys/mount.h>
#include <sys/syscall.h>
#include <sys/utsname.h>
#include <unistd.h>

#include <array>
#include <string>
#include <utility>
#include <vector>

#include "kernel/instructions.h"
#include "kernel/kernel_answers.h"
#include "profilegen/process/kernel_version.h"
#include "profilegen/process/small_file.h"
#include "profilegen/unique_fd.h"

namespace profilegen {
namespace {

// A program that writes to the map whether the kernel may interrupt it (1) or not (0). On x86-64, preemption is
// disabled while the low byte of the per-CPU counter __preempt_count is not 0.
std::vector<bpf_insn> tells_interruptible(int map, int counter) {
  bpf_insn load_counter = instruction(BPF_LD | BPF_DW | BPF_IMM, BPF_REG_1, BPF_PSEUDO_BTF_ID, counter);
  bpf_insn load_map = instruction(BPF_LD | BPF_DW | BPF_IMM, BPF_REG_1, BPF_PSEUDO_MAP_FD, map);
  const bpf_insn rest = instruction(0);
  const auto at = [](bpf_insn code, __s16 offset) {
    code.off = offset;
    return code;
  };
  return {load_counter,
          rest,
          instruction(BPF_JMP | BPF_CALL, 0, 0, BPF_FUNC_this_cpu_ptr),
          instruction(BPF_LDX | BPF_MEM | BPF_W, BPF_REG_6, BPF_REG_0),
          instruction(BPF_ALU64 | BPF_AND | BPF_K, BPF_REG_6, 0, 0xff),
          at(instruction(BPF_ST | BPF_MEM | BPF_W, BPF_REG_10, 0, 0), -4),
          at(instruction(BPF_ST | BPF_MEM | BPF_W, BPF_REG_10, 0, 0), -8),
          at(instruction(BPF_JMP | BPF_JNE | BPF_K, BPF_REG_6, 0, 0), 1),
          at(instruction(BPF_ST | BPF_MEM | BPF_W, BPF_REG_10, 0, 1), -8),
          load_map,
          rest,
          instruction(BPF_ALU64 | BPF_MOV | BPF_X, BPF_REG_2, BPF_REG_10),
          instruction(BPF_ALU64 | BPF_ADD | BPF_K, BPF_REG_2, 0, -4),
          instruction(BPF_ALU64 | BPF_MOV | BPF_X, BPF_REG_3, BPF_REG_10),
          instruction(BPF_ALU64 | BPF_ADD | BPF_K, BPF_REG_3, 0, -8),
          instruction(BPF_ALU64 | BPF_MOV | BPF_K, BPF_REG_4, 0, BPF_ANY),
          instruction(BPF_JMP | BPF_CALL, 0, 0, BPF_FUNC_map_update_elem),
          kReturnZero[0],
          kReturnZero[1]};
}

// Up to Linux 6.18, tracepoint programs are never interrupted. Newer kernels are tested, which is slow: attaching to a
// used tracepoint again after detaching waits for all CPUs.
bool may_be_interruptible() {
  utsname kernel{};
  uname(&kernel);
  return kernel_version(kernel.release) > std::pair(6, 18);
}

// 1 if the kernel may interrupt, 0 if not; -1 if it can't be measured.
int measure_interruptible(const btf* types) {
  const int counter = btf__find_by_name_kind(types, "__preempt_count", BTF_KIND_VAR);
  const int target = btf__find_by_name_kind(types, "btf_trace_sys_enter", BTF_KIND_TYPEDEF);
  const UniqueFd map(bpf_map_create(BPF_MAP_TYPE_ARRAY, "trial", sizeof(__u32), sizeof(__u32), 1, nullptr));
  if (counter < 0 || target < 0 || !map) return -1;
  const auto code = tells_interruptible(map.get(), counter);
  LIBBPF_OPTS(bpf_prog_load_opts, options, .expected_attach_type = BPF_TRACE_RAW_TP);
  options.attach_btf_id = static_cast<__u32>(target);
  const UniqueFd loaded(bpf_prog_load(BPF_PROG_TYPE_TRACING, "trial", "GPL", code.data(), code.size(), &options));
  if (!loaded) return -1;
  const UniqueFd attached(bpf_raw_tracepoint_open(nullptr, loaded.get()));
  if (!attached) return -1;
  syscall(SYS_getppid);
  const __u32 key = 0;
  __u32 interruptible = 0;
  if (bpf_map_lookup_elem(map.get(), &key, &interruptible) != 0) return -1;
  return interruptible == 1 ? 1 : 0;
}

bool contains(const std::string& text, const char* part) { return text.find(part) != std::string::npos; }

// A mount of our own that is attached nowhere: nobody else sees it, and it is gone when it is closed.
UniqueFd open_debugfs() {
  const UniqueFd context(fsopen("debugfs", FSOPEN_CLOEXEC));
  if (!context || fsconfig(context.get(), FSCONFIG_CMD_CREATE, nullptr, nullptr, 0) != 0) return UniqueFd();
  return UniqueFd(fsmount(context.get(), FSMOUNT_CLOEXEC, 0));
}

}  // namespace

std::string preempt_modes() {
  if (std::string mounted = read_small_file("/sys/kernel/debug/sched/preempt"); !mounted.empty()) return mounted;
  const UniqueFd debugfs = open_debugfs();
  if (!debugfs) return "";
  const UniqueFd file(openat(debugfs.get(), "sched/preempt", O_RDONLY | O_CLOEXEC));
  std::array<char, 128> text{};
  const ssize_t length = file ? read(file.get(), text.data(), text.size()) : 0;
  return length > 0 ? std::string(text.data(), static_cast<size_t>(length)) : "";
}

// A kernel that is built for one mode says so in its version ("SMP PREEMPT"); in that of one that can be told stands
// "PREEMPT_DYNAMIC", whatever it was told.
Preemption preemption(const std::string& version, const std::string& modes) {
  if (version.empty()) return Preemption::unknown;
  const std::string words = version + " ";
  if (!contains(words, "PREEMPT_DYNAMIC"))
    return contains(words, " PREEMPT ") || contains(words, "PREEMPT_RT") ? Preemption::yes : Preemption::no;
  if (contains(modes, "(none)") || contains(modes, "(voluntary)")) return Preemption::no;
  return contains(modes, "(full)") || contains(modes, "(lazy)") ? Preemption::yes : Preemption::unknown;
}

Preemption preemption() {
  static const Preemption found = [] {
    utsname kernel{};
    uname(&kernel);
    const bool asks_debugfs = preemption(kernel.version, "") == Preemption::unknown;
    return preemption(kernel.version, asks_debugfs ? preempt_modes() : "");
  }();
  return found;
}

bool interrupts_tracepoints(const btf* types, KernelAnswers& answers) {
  if (!may_be_interruptible()) return false;
  return answers.get("interrupts tracepoints", [types] { return measure_interruptible(types); }) == 1;
}

bool interrupts_trampolines(const btf* types, KernelAnswers& answers) {
  return interrupts_tracepoints(types, answers) || may_interrupt_functions(preemption());
}

}  // namespace profilegen
