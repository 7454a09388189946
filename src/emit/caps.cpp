// SPDX-License-Identifier: Apache-2.0
#include "support/capability_names.h"
#include "support/incomplete.h"
#include "support/registry.h"

namespace profilegen {

Result<std::string> emit_caps(const EmitInput& input) {
  std::string text = "--cap-drop=ALL\n";
  for (const std::string& name : named_capabilities(input.profile)) text += "--cap-add=" + name + "\n";
  return text + incomplete_flag(input.profile);
}

}  // namespace profilegen
