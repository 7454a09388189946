// SPDX-License-Identifier: Apache-2.0
#include <unistd.h>

#include <charconv>

#include "doctor/sections.h"
#include "kernel/interruption.h"
#include "profilegen/process/small_file.h"

namespace profilegen {
namespace {

constexpr const char* kSection = "kernel";

Finding release(const Machine& machine) {
  const std::string text = line_of(machine.proc + "/sys/kernel/osrelease");
  Finding finding{kSection, "release", Health::ok, text, "", ""};
  if (text.empty())
    finding = {kSection, "release", Health::unknown, "can't be read", "", "mount /proc"};
  else if (kernel_version(text) < std::pair(5, 10))
    finding = {kSection,
               "release",
               Health::limited,
               text,
               "kernels before 5.10 lack what following threads needs",
               "use a newer kernel"};
  return finding;
}

Finding architecture(const Machine& machine) {
  if (machine.arch == "x86_64") return {kSection, "architecture", Health::ok, machine.arch, "", ""};
  if (machine.arch == "aarch64")
    return {kSection, "architecture", Health::ok, machine.arch + " (tested in an emulated machine only)", "", ""};
  return {kSection,
          "architecture",
          Health::missing,
          machine.arch,
          "recording: the kernel part is for x86_64 and aarch64 only",
          "record on one of these; emit and diff work anywhere"};
}

Finding btf(const Machine& machine) {
  const std::string path = machine.sys + "/kernel/btf/vmlinux";
  if (access(path.c_str(), F_OK) == 0) return {kSection, "BTF", Health::ok, path, "", ""};
  return {kSection,
          "BTF",
          Health::missing,
          path + " is not there",
          "recording: programs can't be fitted to this kernel",
          "use a kernel with CONFIG_DEBUG_INFO_BTF=y (every distribution's has it), and mount /sys"};
}

// "none [integrity] confidentiality": the one in brackets is in force.
Finding lockdown(const Machine& machine) {
  const std::string text = line_of(machine.sys + "/kernel/security/lockdown");
  const size_t begin = text.find('[');
  const size_t end = text.find(']');
  if (begin == std::string::npos || end == std::string::npos)
    return {kSection, "lockdown", Health::absent, "not there, or not visible", "", ""};
  const std::string mode = text.substr(begin + 1, end - begin - 1);
  if (mode != "confidentiality") return {kSection, "lockdown", Health::ok, mode, "", ""};
  return {kSection,
          "lockdown",
          Health::missing,
          mode,
          "recording: BPF may not read kernel memory",
          "boot with lockdown=integrity, or without Secure Boot"};
}

Finding security_modules(const Machine& machine) {
  const std::string text = line_of(machine.sys + "/kernel/security/lsm");
  if (!text.empty()) return {kSection, "security modules", Health::ok, text, "", ""};
  return {kSection,
          "security modules",
          Health::unknown,
          machine.sys + "/kernel/security/lsm can't be read",
          "",
          "mount -t securityfs none /sys/kernel/security, as root"};
}

// The parameter is readable by everybody, the list of modules only where securityfs is mounted.
Finding apparmor(const Machine& machine) {
  if (line_of(machine.sys + "/module/apparmor/parameters/enabled") == "Y")
    return {kSection, "AppArmor", Health::ok, "enabled", "", ""};
  return {kSection, "AppArmor", Health::absent, "not enabled: an emitted AppArmor profile has no effect here", "", ""};
}

// What a preemptible kernel does to programs at functions: kernel/interruption.h. Other hooks record as much.
Finding preemption_finding(const Machine& machine) {
  const std::string version = line_of(machine.proc + "/sys/kernel/version");
  switch (preemption(version, machine.preempt_modes)) {
    case Preemption::no:
      return {kSection, "preemption", Health::ok, "threads are not interrupted in the kernel", "", ""};
    case Preemption::yes:
      return {kSection, "preemption", Health::ok, "full: fentry, fexit and BPF-LSM programs are not used", "", ""};
    default:
      return {kSection,
              "preemption",
              Health::unknown,
              "sched/preempt of debugfs can't be read; taken as full: fentry, fexit and BPF-LSM programs are not used",
              "",
              "ask as root, or mount -t debugfs none /sys/kernel/debug; lockdown forbids reading it"};
  }
}

// The kernel part tells threads by their numbers in the first pid namespace. Its inode number is fixed
// (include/linux/proc_ns.h, PROC_PID_INIT_INO).
Finding pid_namespace(const Machine& machine) {
  std::string target(64, '\0');
  const ssize_t length = readlink((machine.proc + "/self/ns/pid").c_str(), target.data(), target.size());
  target.resize(length > 0 ? static_cast<size_t>(length) : 0);
  if (target == "pid:[4026531836]") return {kSection, "pid namespace", Health::ok, "the host's", "", ""};
  if (target.empty()) return {kSection, "pid namespace", Health::unknown, "can't be read", "", "mount /proc"};
  return {kSection,
          "pid namespace",
          Health::limited,
          "not the host's",
          "the mounts and files of a container at its start, and who was first to do something",
          "run profilegen on the host, or in a container with --pid=host"};
}

}  // namespace

std::string line_of(const std::string& path) {
  const std::string text = read_small_file(path);
  return text.substr(0, text.find('\n'));
}

std::pair<int, int> kernel_version(const std::string& release) {
  std::pair<int, int> version{0, 0};
  const char* end = release.data() + release.size();
  const auto major = std::from_chars(release.data(), end, version.first);
  if (major.ec != std::errc() || major.ptr == end || *major.ptr != '.') return {0, 0};
  std::from_chars(major.ptr + 1, end, version.second);
  return version;
}

Findings examine_kernel(const Machine& machine) {
  return {release(machine),
          architecture(machine),
          btf(machine),
          lockdown(machine),
          security_modules(machine),
          apparmor(machine),
          preemption_finding(machine),
          pid_namespace(machine)};
}

}  // namespace profilegen
