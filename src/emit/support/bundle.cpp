// SPDX-License-Identifier: Apache-2.0
#include "support/registry.h"

namespace profilegen {

Result<std::vector<std::pair<std::string, std::string>>> emit_bundle(const EmitInput& input) {
  std::vector<std::pair<std::string, std::string>> artifacts;
  for (const Emitter& emitter : emitters()) {
    if (!emitter.in_bundle || (emitter.needs_container && !has_container(input.profile))) continue;
    Result<std::string> text = emitter.emit(input);
    if (!text) return text.error();
    artifacts.emplace_back(emitter.file, std::move(*text));
  }
  return artifacts;
}

}  // namespace profilegen
