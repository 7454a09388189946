// SPDX-License-Identifier: Apache-2.0
// The names that runtimes know in a seccomp section.
#pragma once

#include <set>
#include <string>

namespace profilegen::lint {

bool is_action(const std::string& name);
bool is_comparison(const std::string& name);
/// The labels of the measured runtimes that refuse a filter with this architecture, or with this flag.
std::set<std::string> refusing_architecture(const std::string& name);
std::set<std::string> refusing_flag(const std::string& name);
/// Whether the architecture's byte order is not this machine's: libseccomp refuses to mix both.
bool has_other_byte_order(const std::string& architecture);

}  // namespace profilegen::lint
