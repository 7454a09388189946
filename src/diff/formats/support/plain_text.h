// SPDX-License-Identifier: Apache-2.0
// Texts that all formats share. Items contain bytes chosen by programs; these texts have no control characters.
#pragma once

#include <string>

#include "profilegen/diff.h"

namespace profilegen::diff {

inline constexpr const char* kNoDifference = "no difference in what is allowed";

/// "syscall ptrace (needed by the application)".
std::string change_text(const Change& change);

/// "2 added (1 critical, 1 high), 1 removed, 0 changed, 3 ignored".
std::string summary_text(const DiffReport& report);

/// "61 calls …" or "61 calls …; before: 58 calls …" where they differ.
std::string scores_text(const DiffReport& report);

}  // namespace profilegen::diff
