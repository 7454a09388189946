// SPDX-License-Identifier: Apache-2.0
// What the kernel functions that led to a check tell of it.
#pragma once

#include <string>
#include <vector>

#include "profilegen/trace.h"

namespace profilegen {

/// The tracing program itself and the kernel's way to it, which may stand innermost on the stack.
bool is_own_frame(const std::string& function);

/// "a<b<c", innermost first, without the functions through which every check passes.
std::string call_site_text(const std::vector<std::string>& functions);

/// Whether the check only asked (CAP_OPT_NOAUDIT): told by the innermost functions, since the tracepoint does not say.
bool is_unaudited(const std::vector<std::string>& functions);

/// Whether overlayfs made the check on itself: its own attributes are read with the mounter's credentials, which can
/// equal those that access(2) puts in place of the caller's (every set of root's is the same).
bool is_of_overlay(const std::vector<std::string>& functions);

}  // namespace profilegen
