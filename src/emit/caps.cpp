// SPDX-License-Identifier: Apache-2.0
#include "support/incomplete.h"
#include "support/registry.h"

namespace profilegen {

Result<std::string> emit_caps(const EmitInput& input) {
  std::string text = "--cap-drop=ALL\n";
  for (const std::string& name : input.profile.capabilities) {
    // An engine takes names only: "#NUMBER" is one that this version has none for.
    if (!name.starts_with('#')) text += "--cap-add=" + name + "\n";
  }
  return text + incomplete_flag(input.profile);
}

}  // namespace profilegen
