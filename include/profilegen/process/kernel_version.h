// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>
#include <utility>

namespace profilegen {

/// {6, 1} for the release "6.1.0-13-amd64" (uname -r), for comparisons; {0, 0} if the text is not a release.
std::pair<int, int> kernel_version(std::string_view release);

}  // namespace profilegen
