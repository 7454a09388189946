// SPDX-License-Identifier: Apache-2.0
// Converts a run to and from one row of a trace.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <utility>

#include "profilegen/json_reader.h"
#include "profilegen/trace.h"

namespace profilegen {

nlohmann::ordered_json run_to_json(const RunId& id, const Run& run);

/// Mistakes are reported to the document that the row belongs to.
std::pair<RunId, Run> run_from_json(const JsonValue& row);

}  // namespace profilegen
