// SPDX-License-Identifier: Apache-2.0
// Names kernel functions by proc_kallsyms(5), for kernels where no BPF program can do so (before Linux 5.14).
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>

namespace profilegen {

class KernelSymbols {
 public:
  /// `text` is the content of /proc/kallsyms. If addresses are hidden (kernel.kptr_restrict), all are 0 and ignored.
  explicit KernelSymbols(std::string_view text);

  /// The function that contains `address`; "" if there is none.
  [[nodiscard]] std::string function_at(uint64_t address) const;

 private:
  std::map<uint64_t, std::string> functions_;  ///< by start address
};

}  // namespace profilegen
