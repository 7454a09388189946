// SPDX-License-Identifier: Apache-2.0
// Flat OCI JSON is the only form that every engine reads in the same way. It is written by hand, not by a JSON library,
// so that many names fit on a line.
#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "profilegen/json_text.h"
#include "profilegen/seccomp.h"
#include "support/incomplete.h"
#include "support/registry.h"

namespace profilegen {
namespace {

constexpr size_t kLineWidth = 110;

// Fills lines with names. Names of calls and architectures need no escapes.
template <typename Names>
std::string filled_lines(const Names& names, const std::string& indent) {
  std::string text;
  std::string line;
  for (const auto& name : names) {
    if (!line.empty() && line.size() + name.size() > kLineWidth) text += indent + std::exchange(line, "") + ",\n";
    line += fmt::format("{}\"{}\"", line.empty() ? "" : ", ", name);
  }
  return text + indent + line;
}

// A reason may contain bytes of a path that are not UTF-8.
std::string json_string(const std::string& text) {
  return plain_json(nlohmann::json(text).dump(-1, ' ', true, nlohmann::json::error_handler_t::replace));
}

// A masked comparison has the mask in `value` (linux/seccomp in the OCI runtime specification).
std::string format_arguments(const ArgumentRule& rule) {
  std::string text;
  for (const auto& [index, mask, value] : rule) {
    text += fmt::format("{}        {{\"index\": {}, \"value\": {}, \"valueTwo\": {}, \"op\": \"SCMP_CMP_MASKED_EQ\"}}",
                        text.empty() ? "" : ",\n", index, mask, value);
  }
  return "      \"args\": [\n" + text + "\n      ]";
}

std::string format_rule(const SeccompRule& rule, const std::string& comment) {
  std::string text = "    {\n";
  if (!comment.empty()) text += fmt::format("      \"comment\": {},\n", json_string(comment));
  text += fmt::format("      \"names\": [\n{}\n      ],\n", filled_lines(rule.names, "        "));
  if (!rule.arguments.empty()) text += format_arguments(rule.arguments) + ",\n";
  if (!rule.errnum) return text + "      \"action\": \"SCMP_ACT_ALLOW\"\n    }";
  return text + fmt::format("      \"action\": \"SCMP_ACT_ERRNO\",\n      \"errnoRet\": {}\n    }}", *rule.errnum);
}

std::string format_rules(const SeccompFilter& filter, std::string comment) {
  std::string text;
  for (const SeccompRule& rule : filter.rules) {
    text += (text.empty() ? "" : ",\n") + format_rule(rule, std::exchange(comment, ""));
  }
  return text;
}

}  // namespace

Result<std::string> emit_seccomp(const EmitInput& input) {
  const SeccompFilter filter = seccomp_filter(input.profile);
  std::vector<std::string_view> arches;
  for (const Arch arch : filter.architectures) arches.push_back(arch_oci_name(arch));
  return fmt::format(
      "{{\n  \"defaultAction\": \"SCMP_ACT_ERRNO\",\n  \"defaultErrnoRet\": {},\n"
      "  \"architectures\": [\n{}\n  ],\n  \"syscalls\": [\n{}\n  ]\n}}\n",
      kErrnoNoSys, filled_lines(arches, "    "), format_rules(filter, incomplete_comment(input.profile)));
}

}  // namespace profilegen
