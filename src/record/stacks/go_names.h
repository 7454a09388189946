// SPDX-License-Identifier: Apache-2.0
// Names of a Go program's functions. Programs without symbols still have them, in the table that the Go runtime uses
// for its own stacks (.gopclntab; src/runtime/symtab.go and src/debug/gosym of Go).
#pragma once

#include <elfutils/libdwfl.h>

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace profilegen {

struct GoFunction {
  std::string name;
  uint64_t begin = 0;  ///< its address in the file
};

/// The table of one file. Its bytes must outlive it, and may be anything.
class GoNames {
 public:
  /// nullopt for a table of a form that is not known: those of Go 1.16 and newer are. `text` is where the program's
  /// code begins, for tables that do not say so.
  static std::optional<GoNames> parse(std::string_view table, uint64_t text);

  /// The function that contains this address of the file.
  [[nodiscard]] std::optional<GoFunction> at(uint64_t address) const;

 private:
  GoNames() = default;
  [[nodiscard]] uint64_t entry(uint64_t place) const;
  [[nodiscard]] std::string name(uint64_t function) const;

  std::string_view table_;
  std::string_view functions_;  // the sorted list of all functions, and what is known of each
  std::string_view names_;
  uint64_t count_ = 0;
  uint64_t text_ = 0;   // where offsets of code begin
  size_t word_ = 0;     // bytes of a number in the list
  size_t name_at_ = 0;  // where a function's description has the place of its name
};

/// The function of a Go program at an address of the file.
std::optional<GoFunction> go_function(Elf* elf, uint64_t address);

}  // namespace profilegen
