// SPDX-License-Identifier: Apache-2.0
// Interprets the kernel functions on the stack of a capability check, its "call site".
#pragma once

#include <string>
#include <vector>

#include "profilegen/trace.h"

namespace profilegen {

/// True for frames of the BPF program and of the kernel's tracing code, which may be innermost on the stack.
bool is_own_frame(const std::string& function);

/// "a<b<c", innermost first, without the functions that all checks share.
std::string call_site_text(const std::vector<std::string>& functions);

/// True if the check only asks and does not audit (CAP_OPT_NOAUDIT). The tracepoint does not report that option, but
/// the innermost functions tell.
bool is_unaudited(const std::vector<std::string>& functions);

/// True if overlayfs made the check to read its own attributes. It does so with the mounter's credentials, which can
/// look like those that access(2) uses in place of the caller's: all credentials of root are equal.
bool is_of_overlay(const std::vector<std::string>& functions);

}  // namespace profilegen
