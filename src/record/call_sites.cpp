// SPDX-License-Identifier: Apache-2.0
#include "call_sites.h"

#include <algorithm>
#include <charconv>
#include <fstream>
#include <string_view>

namespace profilegen {
namespace {

struct Symbol {
  uint64_t address = 0;
  std::string name;
};

// "ffffffff81000000 T _text": only code can be a return address.
bool parse_symbol(const std::string& line, uint64_t& address, std::string_view& name) {
  const auto result = std::from_chars(line.data(), line.data() + line.size(), address, 16);
  if (result.ec != std::errc() || address == 0) return false;
  std::string_view rest(result.ptr, static_cast<size_t>(line.data() + line.size() - result.ptr));
  if (rest.size() < 4 || (rest[1] != 't' && rest[1] != 'T' && rest[1] != 'W' && rest[1] != 'w')) return false;
  rest.remove_prefix(3);
  name = rest.substr(0, rest.find('\t'));
  return true;
}

// How far out a function stands that makes a check an unaudited one (measured against CAP_OPT_NOAUDIT itself).
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

std::map<uint64_t, std::string> kernel_symbols(std::vector<uint64_t> addresses, const std::string& kallsyms) {
  std::map<uint64_t, std::string> names;
  std::sort(addresses.begin(), addresses.end());
  addresses.erase(std::unique(addresses.begin(), addresses.end()), addresses.end());
  if (addresses.empty()) return names;

  // Each symbol is offered to the first wanted address behind it; the nearest one below an address is the last offered
  // to it or to one before it. So the 120 000 symbols are never kept.
  std::vector<Symbol> offered(addresses.size());
  std::ifstream file(kallsyms);
  for (std::string line; std::getline(file, line);) {
    uint64_t address = 0;
    std::string_view name;
    if (!parse_symbol(line, address, name)) continue;
    const auto next = std::lower_bound(addresses.begin(), addresses.end(), address);
    if (next == addresses.end()) continue;
    Symbol& symbol = offered[static_cast<size_t>(next - addresses.begin())];
    if (address > symbol.address) symbol = {address, std::string(name)};
  }
  const Symbol* nearest = nullptr;
  for (size_t i = 0; i < addresses.size(); ++i) {
    if (offered[i].address != 0) nearest = &offered[i];
    if (nearest) names[addresses[i]] = nearest->name;
  }
  return names;
}

bool is_own_frame(const std::string& function) {
  return function.starts_with("bpf_prog_") || function.starts_with("bpf_trace_run") ||
         function.starts_with("__bpf_trace_") || function.starts_with("__traceiter_");
}

std::string call_site_text(const std::vector<std::string>& functions) {
  std::string text;
  for (const std::string& function : functions) {
    if (text.empty() && is_one_of(kEveryCheck, function)) continue;
    text += (text.empty() ? "" : "<") + function;
  }
  return text;
}

bool is_unaudited(const std::vector<std::string>& functions) {
  for (size_t i = 0; i < std::min(kNear, functions.size()); ++i)
    if (is_one_of(kUnaudited, functions[i])) return true;
  return false;
}

}  // namespace profilegen
