// SPDX-License-Identifier: Apache-2.0
#include "profilegen/arguments.h"

#include <array>
#include <charconv>

#include "argument_names.h"

namespace profilegen {
namespace {

enum class Tables : uint8_t { ALL, NOT_I386 };

struct Line {
  std::string_view call;
  CallArgument argument;
  Tables tables;
};
constexpr Line kLines[] = {
#define CALL_ARGUMENT(name, index, mask, kind, tables) {#name, {index, mask, ArgumentKind::kind}, Tables::tables},
#include "profilegen/argument_calls.def"
#undef CALL_ARGUMENT
};

constexpr bool kIsFlags[] = {
#define ARGUMENT_KIND(kind, is_flags) is_flags,
#define ARGUMENT_NAME(kind, name)
#include "profilegen/argument_names.def"
#undef ARGUMENT_KIND
#undef ARGUMENT_NAME
};

std::string number_text(uint32_t value) {
  constexpr uint32_t kReadAsDecimal = 0xffff;
  std::array<char, 12> digits{};
  const int base = value > kReadAsDecimal ? 16 : 10;
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value, base).ptr;
  return (base == 16 ? "0x" : "") + std::string(digits.data(), end);
}

std::string flags_text(ArgumentKind kind, uint32_t value) {
  std::string text;
  for (const ArgumentName& name : argument_names()) {
    if (name.kind != kind || (value & name.value) == 0) continue;
    text += (text.empty() ? "" : "|") + std::string(name.name);
    value &= ~name.value;
  }
  if (value != 0 || text.empty()) text += (text.empty() ? "" : "|") + number_text(value);
  return text;
}

}  // namespace

std::vector<CallArgument> recorded_arguments(Arch arch, std::string_view call) {
  std::vector<CallArgument> arguments;
  for (const Line& line : kLines)
    if (line.call == call && (line.tables == Tables::ALL || arch != Arch::x86)) arguments.push_back(line.argument);
  return arguments;
}

std::string argument_text(ArgumentKind kind, uint32_t value) {
  if (kIsFlags[static_cast<size_t>(kind)]) return flags_text(kind, value);
  for (const ArgumentName& name : argument_names())
    if (name.kind == kind && name.value == value) return std::string(name.name);
  return number_text(value);
}

std::string arguments_text(Arch arch, uint32_t number, const ArgumentValues& values) {
  if (values.empty()) return "any";
  const auto arguments = recorded_arguments(arch, syscall_label(arch, number));
  std::string text;
  for (size_t i = 0; i < values.size(); ++i)
    text +=
        (i == 0 ? "" : " ") + argument_text(i < arguments.size() ? arguments[i].kind : ArgumentKind::NUMBER, values[i]);
  return text;
}

}  // namespace profilegen
