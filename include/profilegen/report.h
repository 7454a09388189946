// SPDX-License-Identifier: Apache-2.0
// Shows a trace and its policy to people on one HTML page.
#pragma once

#include <optional>
#include <string>

#include "profilegen/diff.h"
#include "profilegen/trace.h"

namespace profilegen {

struct ReportInput {
  const Trace& trace;
  const Policy& policy;                       ///< the policy that results from `trace`; has a profile
  std::optional<DiffReport> comparison = {};  ///< another policy compared with this one
  std::string engine_client = "docker";       ///< the engine client named in the commands shown
};

/// A self-contained page: it refers to no other file and needs no network. It can be read without JavaScript; with it,
/// tables can be sorted and filtered. Names from the recorded programs are escaped, never markup. Same input, same
/// bytes.
std::string html_report(const ReportInput& input);

}  // namespace profilegen
