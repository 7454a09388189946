// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "common/attendant.h"
#include "profilegen/recorder.h"

namespace profilegen::cli {

/// Records options.command, which starts one container through `client`, and looks after the container meanwhile, if
/// that is wished. The exit status is then 0 if the attendant is content, and never 0 otherwise: a container that is
/// stopped ends with a status that says nothing.
Result<RecordOutcome> record_attended(const RecordOptions& options, const ClientCommand& client,
                                      const std::optional<Attendance>& wish, std::optional<Attended>& attended);

}  // namespace profilegen::cli
