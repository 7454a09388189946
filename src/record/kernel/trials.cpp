// SPDX-License-Identifier: Apache-2.0
#include "kernel/trials.h"

#include <bpf/bpf.h>
#include <bpf/btf.h>
#include <linux/bpf.h>
#include <linux/perf_event.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <span>
#include <string>
#include <vector>

#include "kernel/instructions.h"
#include "kernel/interruption.h"
#include "kernel/kernel_answers.h"
#include "profilegen/process/small_file.h"
#include "profilegen/unique_fd.h"

namespace profilegen {
namespace {

struct Kernel {
  const btf* types;
  KernelAnswers& answers;
};

struct HookTrial {
  std::string_view fact;
  std::string_view name;
  Status (*run)(const Kernel& kernel, const char* subject);
  const char* subject;
};

// A name by which the same program is recognized.
std::string name_of(std::span<const bpf_insn> code) {
  uint64_t hash = 0xcbf29ce484222325;  // FNV-1a
  for (const std::byte byte : std::as_bytes(code)) hash = (hash ^ static_cast<uint64_t>(byte)) * 0x100000001b3;
  return std::to_string(hash);
}

int outcome(const UniqueFd& made) { return made ? 0 : errno; }

Status to_status(int errnum, const std::string& what) {
  if (errnum == 0) return Done{};
  return Error{what, "is refused", "", errnum};
}

Status load(const Kernel& kernel, bpf_prog_type program, bpf_attach_type how, const std::string& target, __u32 kind,
            std::span<const bpf_insn> code) {
  const int id = btf__find_by_name_kind(kernel.types, target.c_str(), kind);
  if (id < 0) return Error{"", "this kernel has no " + target, ""};
  const std::string question = "load " + std::to_string(program) + " " + std::to_string(how) + " " + target + " ";
  const auto ask = [&] {
    LIBBPF_OPTS(bpf_prog_load_opts, options, .expected_attach_type = how);
    options.attach_btf_id = static_cast<__u32>(id);
    return outcome(UniqueFd(bpf_prog_load(program, "trial", "GPL", code.data(), code.size(), &options)));
  };
  return to_status(kernel.answers.get(question + name_of(code), ask), "loading");
}

Status try_none(const Kernel& /*kernel*/, const char* /*subject*/) { return Done{}; }

Status steady(bool interrupted) {
  if (interrupted)
    return Error{"", "this kernel can interrupt such a program and run other threads on that CPU meanwhile", ""};
  return Done{};
}

Status steady_trampolines(const Kernel& kernel) {
  if (!interrupts_tracepoints(kernel.types, kernel.answers) && preemption() == Preemption::unknown)
    return Error{"", "whether this kernel interrupts such programs can't be found out", ""};
  return steady(interrupts_trampolines(kernel.types, kernel.answers));
}

Status try_steady(const Kernel& kernel, const char* /*subject*/) {
  return steady(interrupts_tracepoints(kernel.types, kernel.answers));
}

Status try_fexit(const Kernel& kernel, const char* function) {
  if (auto tried = steady_trampolines(kernel); !tried) return tried;
  return load(kernel, BPF_PROG_TYPE_TRACING, BPF_TRACE_FEXIT, function, BTF_KIND_FUNC, kReturnZero);
}

Status try_fentry(const Kernel& kernel, const char* function) {
  if (auto tried = steady_trampolines(kernel); !tried) return tried;
  return load(kernel, BPF_PROG_TYPE_TRACING, BPF_TRACE_FENTRY, function, BTF_KIND_FUNC, kReturnZero);
}

// An LSM program loads and attaches on every kernel built with BPF-LSM, but it is called only if that module is active.
Status try_lsm(const Kernel& kernel, const char* function) {
  const std::string modules = read_small_file("/sys/kernel/security/lsm");
  if (modules.empty()) return Error{"/sys/kernel/security/lsm", "can't be read", "is securityfs mounted?"};
  if (("," + modules + ",").find(",bpf,") == std::string::npos)
    return Error{"", "bpf is not among the kernel's security modules", "lsm= on its command line has " + modules};
  // The kernel does not skip LSM programs, but the data that they keep per CPU would be overwritten.
  if (auto tried = steady_trampolines(kernel); !tried) return tried;
  return load(kernel, BPF_PROG_TYPE_LSM, BPF_LSM_MAC, function, BTF_KIND_FUNC, kReturnZero);
}

Status try_tracepoint(const Kernel& kernel, const char* name) {
  return load(kernel, BPF_PROG_TYPE_TRACING, BPF_TRACE_RAW_TP, std::string("btf_trace_") + name, BTF_KIND_TYPEDEF,
              kReturnZero);
}

// Tests the newest helpers that task storage is used with: a task's registers (Linux 5.15) and the current task (5.11).
Status try_storage(const Kernel& kernel) {
  const bpf_insn code[] = {instruction(BPF_JMP | BPF_CALL, 0, 0, BPF_FUNC_get_current_task_btf),
                           instruction(BPF_ALU64 | BPF_MOV | BPF_X, BPF_REG_1, BPF_REG_0),
                           instruction(BPF_JMP | BPF_CALL, 0, 0, BPF_FUNC_task_pt_regs), kReturnZero[0],
                           kReturnZero[1]};
  return load(kernel, BPF_PROG_TYPE_TRACING, BPF_TRACE_RAW_TP, "btf_trace_sys_enter", BTF_KIND_TYPEDEF, code);
}

// A kprobe program loads on every kernel. To learn whether the kernel has kprobes, one is created.
Status try_kprobe(const Kernel& kernel, const char* function) {
  const std::string type = read_small_file("/sys/bus/event_source/devices/kprobe/type");
  if (type.empty()) return Error{"", "this kernel has no kprobes", ""};
  const auto ask = [&] {
    perf_event_attr probe{};
    probe.size = sizeof probe;
    probe.type = static_cast<__u32>(std::stoul(type));
    probe.config1 = reinterpret_cast<__u64>(function);
    return outcome(UniqueFd(static_cast<int>(syscall(SYS_perf_event_open, &probe, -1, 0, -1, PERF_FLAG_FD_CLOEXEC))));
  };
  return to_status(kernel.answers.get(std::string("kprobe ") + function, ask), "a kprobe");
}

Status try_task_storage(const Kernel& kernel, const char* /*subject*/) {
  if (auto tried = try_steady(kernel, nullptr); !tried) return tried;
  return try_storage(kernel);
}

Status try_probed_storage(const Kernel& kernel, const char* function) {
  if (auto probed = try_kprobe(kernel, function); !probed) return probed;
  return try_storage(kernel);
}

Status try_event(const Kernel& /*kernel*/, const char* event) {
  for (const char* tracefs : {"/sys/kernel/tracing/events/", "/sys/kernel/debug/tracing/events/"})
    if (!read_small_file(std::string(tracefs) + event + "/id").empty()) return Done{};
  return Error{"/sys/kernel/tracing", "can't be read", "is tracefs mounted?"};
}

constexpr auto TRIAL_NONE = try_none;
constexpr auto TRIAL_STEADY = try_steady;
constexpr auto TRIAL_EVENT = try_event;
constexpr auto TRIAL_PROBED_STORAGE = try_probed_storage;
constexpr auto TRIAL_TASK_STORAGE = try_task_storage;
constexpr auto TRIAL_FENTRY = try_fentry;
constexpr auto TRIAL_FEXIT = try_fexit;
constexpr auto TRIAL_LSM = try_lsm;
constexpr auto TRIAL_KPROBE = try_kprobe;
constexpr auto TRIAL_TRACEPOINT = try_tracepoint;

constexpr HookTrial kHookTrials[] = {
#define RUNG(fact, name, trial, subject, programs, hooks, blind) {#fact, #name, TRIAL_##trial, subject},
#include "profilegen/rungs.def"
#undef RUNG
};

}  // namespace

void Trials::BtfDeleter::operator()(btf* types) const { btf__free(types); }

Trials::Trials(std::unique_ptr<btf, BtfDeleter> types, KernelAnswers& answers)
    : types_(std::move(types)), answers_(answers) {}

Result<Trials> Trials::create(KernelAnswers& answers) {
  std::unique_ptr<btf, BtfDeleter> types(btf__load_vmlinux_btf());
  if (!types)
    return Error{"/sys/kernel/btf/vmlinux", "can't be read",
                 "recording needs a kernel with BTF (CONFIG_DEBUG_INFO_BTF)", errno};
  return Trials(std::move(types), answers);
}

Status Trials::operator()(const Rung& rung) const {
  for (const HookTrial& trial : kHookTrials)
    if (trial.fact == rung.fact && trial.name == rung.name) return trial.run({types_.get(), answers_}, trial.subject);
  return Error{"rungs.def", "has no such rung"};
}

}  // namespace profilegen
