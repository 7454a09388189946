// SPDX-License-Identifier: Apache-2.0
// trace and what comes of it → one HTML page for people.
#pragma once

#include <optional>
#include <string>

#include "profilegen/diff.h"
#include "profilegen/trace.h"

namespace profilegen {

struct ReportInput {
  const Trace& trace;
  const Policy& policy;                       ///< of that trace; has a profile
  std::optional<DiffReport> comparison = {};  ///< another policy with this one
  std::string engine_client = "docker";       ///< whose commands are shown
};

/// Self-contained: no other file and no network. It is read without JavaScript too; with it, tables are sorted and
/// filtered. Whatever a program called its files is text in it, never markup. Same input, same bytes.
std::string html_report(const ReportInput& input);

}  // namespace profilegen
