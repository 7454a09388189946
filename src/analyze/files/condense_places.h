// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace profilegen {

/// A directory of which more may be read than was seen to be: not of secrets and settings, nor one of the root's own.
bool may_be_opened(const std::string& directory);

}  // namespace profilegen
