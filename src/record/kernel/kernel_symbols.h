// SPDX-License-Identifier: Apache-2.0
// Names of kernel functions from proc_kallsyms(5), for kernels that can't be asked by a program (before Linux 5.14).
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>

namespace profilegen {

class KernelSymbols {
 public:
  /// The text of /proc/kallsyms. Addresses that are hidden (kernel.kptr_restrict) are all 0, and name nothing.
  explicit KernelSymbols(std::string_view text);

  /// The function that `address` lies in; "" when there is none.
  [[nodiscard]] std::string function_at(uint64_t address) const;

 private:
  std::map<uint64_t, std::string> functions_;  ///< by first address
};

}  // namespace profilegen
