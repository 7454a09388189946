// SPDX-License-Identifier: Apache-2.0
#include "events/call_sites.h"

#include <algorithm>
#include <string_view>

namespace profilegen {
namespace {

// A function marks a check as unaudited only among this many innermost ones (measured by comparing with
// CAP_OPT_NOAUDIT).
constexpr size_t kNear = 4;

constexpr std::string_view kUnaudited[] = {
    "ns_capable_noaudit",   "has_ns_capability_noaudit",    "has_capability_noaudit",
    "cap_vm_enough_memory", "security_vm_enough_memory_mm", "__vm_enough_memory",
};

constexpr std::string_view kEveryCheck[] = {"cap_capable", "security_capable", "ns_capable_common", "ns_capable",
                                            "capable"};

template <size_t N>
bool is_one_of(const std::string_view (&names)[N], const std::string& name) {
  return std::find(std::begin(names), std::end(names), name) != std::end(names);
}

}  // namespace

bool is_own_frame(const std::string& function) {
  return function.starts_with("bpf_prog_") || function.starts_with("bpf_trampoline_") ||
         function.ends_with("rethook_trampoline") || function.ends_with("kretprobe_trampoline") ||
         function.starts_with("bpf_trace_run") || function.starts_with("__bpf_trace_") ||
         function.starts_with("__traceiter_");
}

std::string call_site_text(const std::vector<std::string>& functions) {
  std::string text;
  for (const std::string& function : functions) {
    if (text.empty() && is_one_of(kEveryCheck, function)) continue;
    text += (text.empty() ? "" : "<") + function;
  }
  return text;
}

bool is_of_overlay(const std::vector<std::string>& functions) {
  for (size_t i = 1; i < functions.size(); ++i)
    if (functions[i - 1] == "vfs_getxattr" && functions[i].starts_with("ovl_")) return true;
  return false;
}

bool is_unaudited(const std::vector<std::string>& functions) {
  for (size_t i = 0; i < std::min(kNear, functions.size()); ++i)
    if (is_one_of(kUnaudited, functions[i])) return true;
  return false;
}

}  // namespace profilegen
