// SPDX-License-Identifier: Apache-2.0
// For people: what else could be restricted, each with its evidence.
#include "support/advice.h"

#include <array>

#include "profilegen/terminal_text.h"

#include "support/incomplete.h"
#include "support/registry.h"

namespace profilegen {
namespace {

// All advice, in the order of the output.
constexpr std::array kAdvisers{advise_user,   advise_capabilities, advise_isolation,
                               advise_limits, advise_programs,     advise_contents};

constexpr std::string_view kAdviceHeader =
    "# Not in docker.flags, because a recording can't prove it. Try a flag with your own tests:\n"
    "#   profilegen verify BUNDLE -- docker run FLAG IMAGE\n";

}  // namespace

Result<std::string> emit_advice(const EmitInput& input) {
  if (Status container = require_container(input.profile, "advice.txt"); !container) return container.error();
  std::string text = incomplete_header(input.profile) + std::string(kAdviceHeader);
  for (const auto& adviser : kAdvisers) {
    for (const Advice& advice : adviser(input.profile)) {
      text += "\n" + terminal_text(advice.flag) + "\n";
      for (const std::string& line : advice.evidence) text += "    " + terminal_text(line) + "\n";
    }
  }
  return text;
}

}  // namespace profilegen
