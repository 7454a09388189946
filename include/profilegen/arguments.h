// SPDX-License-Identifier: Apache-2.0
// Which arguments of which calls are recorded, and how their values are shown to people.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "profilegen/syscalls.h"

namespace profilegen {

/// The argument values of one call, masked, in the order of argument_calls.def.
using ArgumentValues = std::vector<uint32_t>;

enum class ArgumentKind : uint8_t {
#define ARGUMENT_KIND(kind, is_flags) kind,
#define ARGUMENT_NAME(kind, name)
#include "profilegen/argument_names.def"
#undef ARGUMENT_KIND
#undef ARGUMENT_NAME
};

struct CallArgument {
  uint8_t index;  ///< position among the call's arguments, from 0
  uint32_t mask;  ///< the bits that count
  ArgumentKind kind;
};

/// The arguments of a call that are recorded, in the order of their values; empty for most calls.
std::vector<CallArgument> recorded_arguments(Arch arch, std::string_view call);

/// "PR_SET_NAME", "CLONE_NEWNS|CLONE_NEWUSER", or the number when it has no known name.
std::string argument_text(ArgumentKind kind, uint32_t value);

/// "AF_INET SOCK_STREAM 6"; "any" when `values` is empty.
std::string arguments_text(Arch arch, uint32_t number, const ArgumentValues& values);

/// Compares one argument of a call, under a mask. Only the low 32 bits can be compared: the kernel takes int arguments
/// from the low half of the register, and libseccomp before 2.6.1 merges comparisons of both halves wrongly.
struct ArgumentComparison {
  uint8_t index;  ///< position among the call's arguments, 0 to 5
  uint32_t mask;
  uint32_t value;  ///< within the mask
  auto operator<=>(const ArgumentComparison&) const = default;
};
inline constexpr uint32_t kAllBits = 0xffffffff;
/// Holds when all comparisons hold. Never empty, sorted by index, each index at most once: engines read a repeated
/// index as "or".
using ArgumentRule = std::vector<ArgumentComparison>;
/// "0=0x1 1&0xff=0x2": INDEX[&MASK]=VALUE; a mask of all bits is left out.
std::string argument_rule_text(const ArgumentRule& rule);
std::optional<ArgumentRule> argument_rule_from_text(std::string_view text);

}  // namespace profilegen
