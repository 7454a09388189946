// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string_view>

namespace profilegen {

/// JSON that other programs wrote, and maybe others changed. Discarded when it is not JSON, or has more values than any
/// answer of an engine or filter. Values that are nested deeper than any of them needs are dropped: copying and writing
/// what is left takes little of the stack.
nlohmann::json shallow_json(std::string_view text);

}  // namespace profilegen
