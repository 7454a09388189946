// SPDX-License-Identifier: Apache-2.0
// Each check adds what it finds.
#pragma once

#include <string>
#include <vector>

#include "profilegen/lint.h"
#include "profilegen/seccomp.h"

namespace profilegen::lint {

using Findings = std::vector<LintFinding>;

/// The file as it is written: what runtimes refuse to read, and what they ignore.
void check_form(const std::string& text, Findings& findings);
/// What the rules mean to each runtime.
void check_readings(const LintRequest& request, const SeccompEffect& effect, Findings& findings);
/// Names of calls that some libseccomp, or none, knows.
void check_names(const std::string& text, const SeccompEffect& effect, Findings& findings);
/// Whether runtimes can start a container under it.
void check_start(const LintRequest& request, const SeccompEffect& effect, Findings& findings);

}  // namespace profilegen::lint
