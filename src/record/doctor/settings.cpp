// SPDX-License-Identifier: Apache-2.0
// Kernel settings that restrict other tracing tools. Most of them do not restrict profilegen, and the report says so.
#include "doctor/sections.h"

namespace profilegen {
namespace {

constexpr const char* kSettingsSection = "settings";

Finding setting(const Machine& machine, const std::string& path, const std::string& name, const std::string& meaning) {
  const std::string value = line_of(machine.proc + "/sys/kernel/" + path);
  if (value.empty()) return {kSettingsSection, name, Health::absent, "this kernel has no such setting", "", ""};
  return {kSettingsSection, name, Health::ok, value + " (" + meaning + ")", "", ""};
}

// ptrace(2): the value 3 forbids every attach, and with it reading /proc/PID/syscall.
Finding yama(const Machine& machine) {
  const std::string name = "kernel.yama.ptrace_scope";
  Finding finding = setting(machine, "yama/ptrace_scope", name, "does not restrict a process with CAP_SYS_PTRACE");
  if (finding.health != Health::ok || !finding.value.starts_with("3")) return finding;
  return {kSettingsSection,
          name,
          Health::limited,
          "3",
          "calls that a thread was blocked in when it was attached to late (--pid, running containers)",
          "boot with another value; it can't be changed later"};
}

}  // namespace

Findings examine_settings(const Machine& machine) {
  return {setting(machine, "unprivileged_bpf_disabled", "kernel.unprivileged_bpf_disabled",
                  "restricts only users without CAP_BPF"),
          setting(machine, "kptr_restrict", "kernel.kptr_restrict",
                  "does not matter: the kernel itself names its functions"),
          setting(machine, "perf_event_paranoid", "kernel.perf_event_paranoid", "does not matter with CAP_PERFMON"),
          yama(machine)};
}

}  // namespace profilegen
