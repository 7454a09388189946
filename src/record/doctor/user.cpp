// SPDX-License-Identifier: Apache-2.0
#include <linux/capability.h>

#include <charconv>
#include <sstream>

#include "doctor/sections.h"
#include "profilegen/capabilities.h"
#include "profilegen/process/kernel_version.h"
#include "profilegen/process/small_file.h"

namespace profilegen {
namespace {

constexpr const char* kUserSection = "user";
constexpr const char* kAsRoot = "run profilegen as root (sudo), or give it this capability (setcap)";

// The rest of the line that begins with `name`.
std::string words_behind(const std::string& text, const std::string& name) {
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);)
    if (line.starts_with(name))
      if (const size_t begin = line.find_first_not_of(" \t", name.size()); begin != std::string::npos)
        return line.substr(begin);
  return "";
}

struct Cost {
  unsigned capability;
  unsigned instead;  // a capability that includes this one
  Health without;
  const char* lost;
  const char* remedy;
};
// capabilities(7): CAP_BPF and CAP_PERFMON were split off from CAP_SYS_ADMIN, which still includes them.
constexpr Cost kCosts[] = {
    {CAP_BPF, CAP_SYS_ADMIN, Health::missing, "recording: no BPF program can be loaded", kAsRoot},
    {CAP_PERFMON, CAP_SYS_ADMIN, Health::missing, "recording: BPF programs can't trace", kAsRoot},
    {CAP_SYS_PTRACE, CAP_SYS_PTRACE, Health::limited,
     "mounts and files of other users' processes and containers, and the calls that they are blocked in", kAsRoot},
    {CAP_DAC_READ_SEARCH, CAP_DAC_OVERRIDE, Health::limited,
     "paths below directories that this user may not read, and the image's directories", kAsRoot},
    {CAP_SYS_RESOURCE, CAP_SYS_RESOURCE, Health::absent, "", ""},
    {CAP_SYS_ADMIN, CAP_SYS_ADMIN, Health::limited, "files in mount namespaces that a recorded program makes (setns)",
     kAsRoot},
};

bool holds(uint64_t set, unsigned capability) { return (set >> capability & 1) != 0; }

// Without CAP_SYS_ADMIN, `record` refuses to start if one of these is missing.
bool is_required(const Cost& cost, uint64_t own) {
  return !holds(own, CAP_SYS_ADMIN) && (cost.capability == CAP_SYS_PTRACE || cost.capability == CAP_DAC_READ_SEARCH);
}

Finding capability(const Cost& cost, uint64_t own) {
  const std::string name = "CAP_" + capability_name(cost.capability);
  if (holds(own, cost.capability)) return {kUserSection, name, Health::ok, "effective", "", ""};
  if (holds(own, cost.instead))
    return {kUserSection, name, Health::ok, "not effective, but CAP_" + capability_name(cost.instead) + " is", "", ""};
  Finding finding{kUserSection, name, cost.without, "not effective", cost.lost, cost.remedy};
  if (is_required(cost, own)) finding.health = Health::missing;
  return finding;
}

// Since Linux 5.11, BPF memory is charged to the memory cgroup and no longer to this limit.
Finding memlock(const Machine& machine, uint64_t own) {
  const std::string limit = words_behind(read_small_file(machine.proc + "/self/limits"), "Max locked memory");
  const std::string soft = limit.substr(0, limit.find(' '));
  if (soft.empty()) return {kUserSection, "memlock", Health::unknown, "can't be read", "", "mount /proc"};
  const auto version = kernel_version(line_of(machine.proc + "/sys/kernel/osrelease"));
  const bool counts = version != std::pair(0, 0) && version < std::pair(5, 11);
  if (!counts) return {kUserSection, "memlock", Health::ok, soft + " (does not matter since Linux 5.11)", "", ""};
  if (soft == "unlimited" || holds(own, CAP_SYS_RESOURCE)) return {kUserSection, "memlock", Health::ok, soft, "", ""};
  return {kUserSection,
          "memlock",
          Health::limited,
          soft,
          "recording, where the maps do not fit into this limit",
          "ulimit -l unlimited, or CAP_SYS_RESOURCE"};
}

Finding user_namespace(const Machine& machine) {
  if (in_first_user_namespace(machine)) return {kUserSection, "user namespace", Health::ok, "the host's", "", ""};
  return {kUserSection,
          "user namespace",
          Health::missing,
          "one of its own (rootless): its root is not the host's",
          "recording: capabilities in a user namespace do not allow BPF",
          "run profilegen on the host, as root"};
}

}  // namespace

bool in_first_user_namespace(const Machine& machine) {
  std::istringstream map(read_small_file(machine.proc + "/self/uid_map"));
  uint64_t inside = 1;
  uint64_t outside = 1;
  uint64_t count = 0;
  if (!(map >> inside >> outside >> count)) return true;  // the kernel has no user namespaces
  return inside == 0 && outside == 0 && count == 0xffffffff;
}

Findings examine_user(const Machine& machine) {
  const std::string status = read_small_file(machine.proc + "/self/status");
  const std::string uids = words_behind(status, "Uid:");
  const std::string set = words_behind(status, "CapEff:");
  uint64_t own = 0;
  if (uids.empty() || std::from_chars(set.data(), set.data() + set.size(), own, 16).ec != std::errc())
    return {{kUserSection, "capabilities", Health::unknown, machine.proc + "/self/status can't be read", "",
             "mount /proc"}};
  Findings findings{{kUserSection, "uid", Health::ok, uids.substr(0, uids.find('\t')), "", ""},
                    user_namespace(machine)};
  for (const Cost& cost : kCosts) findings.push_back(capability(cost, own));
  findings.push_back(memlock(machine, own));
  return findings;
}

}  // namespace profilegen
