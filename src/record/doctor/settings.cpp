// SPDX-License-Identifier: Apache-2.0
// Kernel settings that people know from other tools. Most do not matter here, which is worth saying.
#include "doctor/sections.h"

namespace profilegen {
namespace {

constexpr const char* kSettingsSection = "settings";

Finding setting(const Machine& machine, const std::string& path, const std::string& name, const std::string& meaning) {
  const std::string value = line_of(machine.proc + "/sys/kernel/" + path);
  if (value.empty()) return {kSettingsSection, name, Health::absent, "this kernel has no such setting", "", ""};
  return {kSettingsSection, name, Health::ok, value + " (" + meaning + ")", "", ""};
}

// ptrace(2): 3 refuses every attach, which reading /proc/PID/syscall counts as.
Finding yama(const Machine& machine) {
  const std::string name = "kernel.yama.ptrace_scope";
  Finding finding = setting(machine, "yama/ptrace_scope", name, "with CAP_SYS_PTRACE no limit");
  if (finding.health != Health::ok || !finding.value.starts_with("3")) return finding;
  return {kSettingsSection,
          name,
          Health::limited,
          "3",
          "calls that a thread was blocked in when it was attached to late (--pid, running containers)",
          "it can only be changed by booting with another value"};
}

}  // namespace

Findings examine_settings(const Machine& machine) {
  return {setting(machine, "unprivileged_bpf_disabled", "kernel.unprivileged_bpf_disabled",
                  "only about users without CAP_BPF"),
          setting(machine, "kptr_restrict", "kernel.kptr_restrict",
                  "no matter: kernel functions are named by the kernel itself"),
          setting(machine, "perf_event_paranoid", "kernel.perf_event_paranoid", "no matter with CAP_PERFMON"),
          yama(machine)};
}

}  // namespace profilegen
