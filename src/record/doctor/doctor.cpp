// SPDX-License-Identifier: Apache-2.0
#include "profilegen/doctor.h"

#include <sys/utsname.h>
#include <unistd.h>

#include <algorithm>

#include "doctor/sections.h"
#include "kernel/interruption.h"
#include "profilegen/process/command.h"
#include "profilegen/process/helper_process.h"

namespace profilegen {
namespace {

bool any(const Diagnosis& diagnosis, Health health) {
  return std::ranges::any_of(diagnosis.findings, [&](const Finding& finding) { return finding.health == health; });
}

bool is_ok(const Finding& finding, const std::string& section) {
  return finding.section == section && finding.health == Health::ok;
}

// What to run next. An ordinary user should repeat the check as root. A container is suggested only if an engine
// answers.
std::string next_command(const Diagnosis& diagnosis) {
  const auto uid = std::ranges::find_if(diagnosis.findings, [](const Finding& one) { return one.name == "uid"; });
  const bool root = uid != diagnosis.findings.end() && uid->value == "0";
  if (diagnosis.verdict == Verdict::no) return root ? "profilegen doctor, after fixing that" : "sudo profilegen doctor";
  const auto engine =
      std::ranges::find_if(diagnosis.findings, [](const Finding& one) { return is_ok(one, "engines"); });
  const std::string command = engine == diagnosis.findings.end() ? "COMMAND" : engine->name + " run --rm IMAGE";
  return (root ? "profilegen record -- " : "sudo profilegen record -- ") + command;
}

}  // namespace

std::string_view health_name(Health health) {
  constexpr std::string_view kNames[] = {"ok", "limited", "missing", "absent", "unknown"};
  return kNames[static_cast<size_t>(health)];
}

std::string_view verdict_name(Verdict verdict) {
  constexpr std::string_view kNames[] = {"yes", "yes-but", "no"};
  return kNames[static_cast<size_t>(verdict)];
}

Machine this_machine() {
  Machine machine;
  utsname system{};
  if (uname(&system) == 0) machine.arch = system.machine;
  machine.preempt_modes = preempt_modes();
  machine.installed = [](const std::string& program) { return is_installed(program); };
  machine.output = [](const std::vector<std::string>& words) { return run_helper_and_explain(words); };
  return machine;
}

Diagnosis examine(const Machine& machine, const Trial& trial) {
  Diagnosis diagnosis;
  for (const Findings& section :
       {examine_kernel(machine), examine_user(machine), examine_hooks(trial), examine_settings(machine),
        examine_cgroups(machine), examine_engines(machine), examine_runtimes(machine)})
    diagnosis.findings.insert(diagnosis.findings.end(), section.begin(), section.end());
  // The trial decides: if it loaded everything, a failed check elsewhere can't prevent a recording.
  const bool limited = any(diagnosis, Health::limited) || any(diagnosis, Health::missing);
  diagnosis.verdict = !trial.hooks ? Verdict::no : limited ? Verdict::yes_but : Verdict::yes;
  diagnosis.next = next_command(diagnosis);
  return diagnosis;
}

}  // namespace profilegen
