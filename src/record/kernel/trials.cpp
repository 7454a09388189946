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
#include "profilegen/process/small_file.h"
#include "profilegen/unique_fd.h"

namespace profilegen {
namespace {

struct Trial {
  std::string_view fact;
  std::string_view name;
  Status (*run)(const btf* types, const char* subject);
  const char* subject;
};

Status load(const btf* types, bpf_prog_type program, bpf_attach_type how, const std::string& target, __u32 kind,
            std::span<const bpf_insn> code) {
  const int id = btf__find_by_name_kind(types, target.c_str(), kind);
  if (id < 0) return Error{"", "this kernel has no " + target, ""};
  LIBBPF_OPTS(bpf_prog_load_opts, options, .expected_attach_type = how);
  options.attach_btf_id = static_cast<__u32>(id);
  const UniqueFd loaded(bpf_prog_load(program, "trial", "GPL", code.data(), code.size(), &options));
  if (!loaded) return Error{"loading", "is refused", "", errno};
  return Done{};
}

Status try_none(const btf* /*types*/, const char* /*subject*/) { return Done{}; }

Status steady(bool interrupted) {
  if (interrupted) return Error{"", "this kernel interrupts such programs, and runs others on the CPU meanwhile", ""};
  return Done{};
}

Status steady_trampolines(const btf* types) {
  if (!interrupts_tracepoints(types) && preemption() == Preemption::unknown)
    return Error{"", "whether this kernel interrupts such programs can't be found out", ""};
  return steady(interrupts_trampolines(types));
}

Status try_steady(const btf* types, const char* /*subject*/) { return steady(interrupts_tracepoints(types)); }

Status try_fexit(const btf* types, const char* function) {
  if (auto tried = steady_trampolines(types); !tried) return tried;
  return load(types, BPF_PROG_TYPE_TRACING, BPF_TRACE_FEXIT, function, BTF_KIND_FUNC, kReturnZero);
}

Status try_fentry(const btf* types, const char* function) {
  if (auto tried = steady_trampolines(types); !tried) return tried;
  return load(types, BPF_PROG_TYPE_TRACING, BPF_TRACE_FENTRY, function, BTF_KIND_FUNC, kReturnZero);
}

// The program loads and is attached wherever the kernel was built with it, but is never asked unless the module is on.
Status try_lsm(const btf* types, const char* function) {
  const std::string modules = read_small_file("/sys/kernel/security/lsm");
  if (modules.empty()) return Error{"/sys/kernel/security/lsm", "can't be read", "is securityfs mounted?"};
  if (("," + modules + ",").find(",bpf,") == std::string::npos)
    return Error{"", "bpf is not among the kernel's security modules", "lsm= on its command line has " + modules};
  // It is not skipped, but what it keeps by CPU would be written over.
  if (auto tried = steady_trampolines(types); !tried) return tried;
  return load(types, BPF_PROG_TYPE_LSM, BPF_LSM_MAC, function, BTF_KIND_FUNC, kReturnZero);
}

Status try_tracepoint(const btf* types, const char* name) {
  return load(types, BPF_PROG_TYPE_TRACING, BPF_TRACE_RAW_TP, std::string("btf_trace_") + name, BTF_KIND_TYPEDEF,
              kReturnZero);
}

// The youngest of what comes with it: the registers of a task (Linux 5.15), asked of the current one (5.11).
Status try_storage(const btf* types) {
  const bpf_insn code[] = {instruction(BPF_JMP | BPF_CALL, 0, 0, BPF_FUNC_get_current_task_btf),
                           instruction(BPF_ALU64 | BPF_MOV | BPF_X, BPF_REG_1, BPF_REG_0),
                           instruction(BPF_JMP | BPF_CALL, 0, 0, BPF_FUNC_task_pt_regs), kReturnZero[0],
                           kReturnZero[1]};
  return load(types, BPF_PROG_TYPE_TRACING, BPF_TRACE_RAW_TP, "btf_trace_sys_enter", BTF_KIND_TYPEDEF, code);
}

// A program for one loads everywhere; whether there are kprobes shows when one is made.
Status try_kprobe(const btf* /*types*/, const char* function) {
  const std::string type = read_small_file("/sys/bus/event_source/devices/kprobe/type");
  if (type.empty()) return Error{"", "this kernel has no kprobes", ""};
  perf_event_attr probe{};
  probe.size = sizeof probe;
  probe.type = static_cast<__u32>(std::stoul(type));
  probe.config1 = reinterpret_cast<__u64>(function);
  const UniqueFd made(static_cast<int>(syscall(SYS_perf_event_open, &probe, -1, 0, -1, PERF_FLAG_FD_CLOEXEC)));
  if (!made) return Error{"a kprobe", "is refused", "", errno};
  return Done{};
}

Status try_task_storage(const btf* types, const char* /*subject*/) {
  if (auto tried = try_steady(types, nullptr); !tried) return tried;
  return try_storage(types);
}

Status try_probed_storage(const btf* types, const char* function) {
  if (auto probed = try_kprobe(types, function); !probed) return probed;
  return try_storage(types);
}

Status try_event(const btf* /*types*/, const char* event) {
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

constexpr Trial kTrials[] = {
#define RUNG(fact, name, trial, subject, programs, hooks, blind) {#fact, #name, TRIAL_##trial, subject},
#include "profilegen/rungs.def"
#undef RUNG
};

}  // namespace

void Trials::BtfDeleter::operator()(btf* types) const { btf__free(types); }

Trials::Trials(std::unique_ptr<btf, BtfDeleter> types) : types_(std::move(types)) {}

Result<Trials> Trials::create() {
  std::unique_ptr<btf, BtfDeleter> types(btf__load_vmlinux_btf());
  if (!types)
    return Error{"/sys/kernel/btf/vmlinux", "can't be read",
                 "recording needs a kernel with BTF (CONFIG_DEBUG_INFO_BTF)", errno};
  return Trials(std::move(types));
}

Status Trials::operator()(const Rung& rung) const {
  for (const Trial& trial : kTrials)
    if (trial.fact == rung.fact && trial.name == rung.name) return trial.run(types_.get(), trial.subject);
  return Error{"rungs.def", "has no such rung"};
}

Result<std::vector<HookChoice>> probe_hooks(const ForcedRungs& forced) {
  const auto trials = Trials::create();
  if (!trials) return trials.error();
  return choose_rungs(forced, std::cref(*trials));
}

}  // namespace profilegen
