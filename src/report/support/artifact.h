// SPDX-License-Identifier: Apache-2.0
// What `emit` writes of the policy, to be copied.
#pragma once

#include <string>
#include <string_view>

#include "context.h"

namespace profilegen::report {

/// The name of the bundle in all commands of the page.
inline constexpr const char* kBundle = "profilegen-out";

/// `format` is one of emit's. If it can't be written, a warning says why.
std::string artifact(const Context& context, std::string_view format, std::string_view label);

}  // namespace profilegen::report
