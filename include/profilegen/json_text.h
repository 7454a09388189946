// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace profilegen {

/// JSON that may stand in a log or a review: in its strings, characters that are not shown (first_character()), and the
/// second one of "::" and "##", which a CI runner could obey, become "\uHHHH". It means the same. Takes valid JSON in
/// valid UTF-8.
std::string plain_json(std::string_view text);

}  // namespace profilegen
