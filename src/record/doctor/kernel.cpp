// SPDX-License-Identifier: Apache-2.0
#include <unistd.h>

#include "doctor/sections.h"
#include "kernel/interruption.h"
#include "profilegen/process/kernel_version.h"
#include "profilegen/process/small_file.h"

namespace profilegen {
namespace {

constexpr const char* kKernelSection = "kernel";

Finding release(const Machine& machine) {
  const std::string text = line_of(machine.proc + "/sys/kernel/osrelease");
  Finding finding{kKernelSection, "release", Health::ok, text, "", ""};
  if (text.empty())
    finding = {kKernelSection, "release", Health::unknown, "can't be read", "", "mount /proc"};
  else if (kernel_version(text) < std::pair(5, 10))
    finding = {kKernelSection,
               "release",
               Health::limited,
               text,
               "following threads, for which kernels before 5.10 lack features",
               "use a newer kernel"};
  return finding;
}

Finding architecture(const Machine& machine) {
  if (machine.arch == "x86_64") return {kKernelSection, "architecture", Health::ok, machine.arch, "", ""};
  if (machine.arch == "aarch64")
    return {kKernelSection, "architecture", Health::ok, machine.arch + " (tested in an emulated machine only)", "", ""};
  return {kKernelSection,
          "architecture",
          Health::missing,
          machine.arch,
          "recording: the kernel part is for x86_64 and aarch64 only",
          "record on one of these; emit and diff work anywhere"};
}

Finding type_information(const Machine& machine) {
  const std::string path = machine.sys + "/kernel/btf/vmlinux";
  if (access(path.c_str(), F_OK) == 0) return {kKernelSection, "BTF", Health::ok, path, "", ""};
  return {kKernelSection,
          "BTF",
          Health::missing,
          path + " is not there",
          "recording: BPF programs can't be adapted to this kernel",
          "use a kernel with CONFIG_DEBUG_INFO_BTF=y (every distribution's has it), and mount /sys"};
}

// The file says "none [integrity] confidentiality", with the active mode in brackets.
Finding lockdown(const Machine& machine) {
  const std::string text = line_of(machine.sys + "/kernel/security/lockdown");
  const size_t begin = text.find('[');
  const size_t end = text.find(']');
  if (begin == std::string::npos || end == std::string::npos)
    return {kKernelSection, "lockdown", Health::absent, "not there, or not visible", "", ""};
  const std::string mode = text.substr(begin + 1, end - begin - 1);
  if (mode != "confidentiality") return {kKernelSection, "lockdown", Health::ok, mode, "", ""};
  return {kKernelSection,
          "lockdown",
          Health::missing,
          mode,
          "recording: BPF may not read kernel memory",
          "boot with lockdown=integrity, or without Secure Boot"};
}

Finding security_modules(const Machine& machine) {
  const std::string text = line_of(machine.sys + "/kernel/security/lsm");
  if (!text.empty()) return {kKernelSection, "security modules", Health::ok, text, "", ""};
  return {kKernelSection,
          "security modules",
          Health::unknown,
          machine.sys + "/kernel/security/lsm can't be read",
          "",
          "mount -t securityfs none /sys/kernel/security, as root"};
}

// Everybody can read the module's parameter. The list of security modules needs securityfs to be mounted.
Finding apparmor(const Machine& machine) {
  if (line_of(machine.sys + "/module/apparmor/parameters/enabled") == "Y")
    return {kKernelSection, "AppArmor", Health::ok, "enabled", "", ""};
  return {kKernelSection,
          "AppArmor",
          Health::absent,
          "not enabled: an emitted AppArmor profile has no effect here",
          "",
          ""};
}

// kernel/interruption.h says what a preemptible kernel does to programs at functions. Other hooks record as much.
Finding preemption_finding(const Machine& machine) {
  const std::string version = line_of(machine.proc + "/sys/kernel/version");
  switch (preemption(version, machine.preempt_modes)) {
    case Preemption::no:
      return {kKernelSection, "preemption", Health::ok, "threads are not interrupted in the kernel", "", ""};
    case Preemption::yes:
      return {
          kKernelSection, "preemption", Health::ok, "full: fentry, fexit and BPF-LSM programs are not used", "", ""};
    default:
      return {kKernelSection,
              "preemption",
              Health::unknown,
              "sched/preempt of debugfs can't be read; taken as full: fentry, fexit and BPF-LSM programs are not used",
              "",
              "ask as root, or mount -t debugfs none /sys/kernel/debug; lockdown forbids reading it"};
  }
}

// The kernel part reports thread ids of the initial pid namespace, whose inode number is fixed
// (include/linux/proc_ns.h, PROC_PID_INIT_INO).
Finding pid_namespace(const Machine& machine) {
  std::string target(64, '\0');
  const ssize_t length = readlink((machine.proc + "/self/ns/pid").c_str(), target.data(), target.size());
  target.resize(length > 0 ? static_cast<size_t>(length) : 0);
  if (target == "pid:[4026531836]") return {kKernelSection, "pid namespace", Health::ok, "the host's", "", ""};
  if (target.empty()) return {kKernelSection, "pid namespace", Health::unknown, "can't be read", "", "mount /proc"};
  return {kKernelSection,
          "pid namespace",
          Health::limited,
          "not the host's",
          "the mounts and files of a container at its start, and which process did something first",
          "run profilegen on the host, or in a container with --pid=host"};
}

}  // namespace

std::string line_of(const std::string& path) {
  const std::string text = read_small_file(path);
  return text.substr(0, text.find('\n'));
}

Findings examine_kernel(const Machine& machine) {
  return {release(machine),          architecture(machine), type_information(machine),   lockdown(machine),
          security_modules(machine), apparmor(machine),     preemption_finding(machine), pid_namespace(machine)};
}

}  // namespace profilegen
