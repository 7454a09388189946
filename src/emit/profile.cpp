// SPDX-License-Identifier: Apache-2.0
#include "support/registry.h"

namespace profilegen {

Result<std::string> emit_profile(const EmitInput& input) { return format_profile(input.profile); }

}  // namespace profilegen
