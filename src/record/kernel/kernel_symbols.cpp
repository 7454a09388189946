// SPDX-License-Identifier: Apache-2.0
#include "kernel/kernel_symbols.h"

#include <charconv>

namespace profilegen {

// A line is "ffffffff81000000 T _stext"; for a function of a module, a tab and the module's name follow.
KernelSymbols::KernelSymbols(std::string_view text) {
  for (size_t begin = 0; begin < text.size();) {
    const size_t end = std::min(text.find('\n', begin), text.size());
    const std::string_view line = text.substr(begin, end - begin);
    begin = end + 1;
    uint64_t address = 0;
    const char* rest = std::from_chars(line.data(), line.data() + line.size(), address, 16).ptr;
    const size_t name = static_cast<size_t>(rest - line.data()) + 3;
    if (address == 0 || name >= line.size()) continue;
    const char kind = line[name - 2];
    if (kind == 't' || kind == 'T') functions_.emplace(address, line.substr(name, line.find('\t', name) - name));
  }
}

std::string KernelSymbols::function_at(uint64_t address) const {
  const auto above = functions_.upper_bound(address);
  return above == functions_.begin() ? "" : std::prev(above)->second;
}

}  // namespace profilegen
