// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace profilegen {

/// Whether a rule may allow to read more in the directory than was read: not where secrets and settings are, and not in
/// a directory in the root itself.
bool may_be_opened(const std::string& directory);

}  // namespace profilegen
