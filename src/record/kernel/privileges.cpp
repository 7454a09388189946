// SPDX-License-Identifier: Apache-2.0
#include "kernel/privileges.h"

#include <linux/capability.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <array>
#include <cstdint>
#include <filesystem>

#include "profilegen/capabilities.h"

namespace profilegen {
namespace {

std::string own_path() {
  std::error_code failed;
  const auto path = std::filesystem::read_symlink("/proc/self/exe", failed);
  return failed ? "profilegen" : path.string();
}

std::string lower_case(std::string text) {
  for (char& c : text) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  return text;
}

bool has(uint64_t set, unsigned capability) { return (set >> capability & 1) != 0; }

}  // namespace

uint64_t effective_capabilities() {
  __user_cap_header_struct header{_LINUX_CAPABILITY_VERSION_3, 0};
  std::array<__user_cap_data_struct, _LINUX_CAPABILITY_U32S_3> data{};
  if (syscall(SYS_capget, &header, data.data()) != 0) return 0;
  return uint64_t{data[1].effective} << 32 | data[0].effective;
}

Status check_privileges() {
  const uint64_t own = effective_capabilities();
  if (has(own, CAP_SYS_ADMIN)) return Done{};
  std::string missing;
  std::string setcap;
  std::string docker;
  for (const unsigned needed : {CAP_BPF, CAP_PERFMON, CAP_SYS_PTRACE, CAP_DAC_READ_SEARCH}) {
    const std::string name = capability_name(needed);
    if (!has(own, needed)) missing += " CAP_" + name;
    setcap += (setcap.empty() ? "cap_" : ",cap_") + lower_case(name);
    docker += " --cap-add=" + name;
  }
  if (missing.empty()) return Done{};
  return Error{"recording", "needs privileges that are missing here:" + missing,
               "run it as root (sudo); or give them to the program once: sudo setcap " + setcap + "=ep " + own_path() +
                   "; or in a container: docker run --pid=host" + docker +
                   " --security-opt=seccomp=unconfined; run profilegen doctor for details"};
}

}  // namespace profilegen
