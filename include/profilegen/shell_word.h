// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace profilegen {

/// Quotes the bytes as one word that can be pasted into a shell. It stays on one line, whatever the bytes are.
std::string shell_word(std::string_view bytes);

}  // namespace profilegen
