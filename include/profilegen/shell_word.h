// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace profilegen {

/// The bytes as one word that can be pasted into a shell, on one line whatever they are.
std::string shell_word(std::string_view bytes);

}  // namespace profilegen
