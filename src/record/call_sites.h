// SPDX-License-Identifier: Apache-2.0
// Names of kernel functions for return addresses.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "profilegen/trace.h"

namespace profilegen {

/// Reads /proc/kallsyms once. Addresses that it does not tell (kptr_restrict, proc(5)) are missing in the answer.
std::map<uint64_t, std::string> kernel_symbols(std::vector<uint64_t> addresses, const std::string& kallsyms);

/// The tracing program itself and the kernel's way to it, which may stand innermost on the stack.
bool is_own_frame(const std::string& function);

/// "a<b<c", innermost first, without the functions through which every check passes.
std::string call_site_text(const std::vector<std::string>& functions);

/// Whether the check only asked (CAP_OPT_NOAUDIT): told by the innermost functions, since the tracepoint does not say.
bool is_unaudited(const std::vector<std::string>& functions);

}  // namespace profilegen
