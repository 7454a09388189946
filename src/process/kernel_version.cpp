// SPDX-License-Identifier: Apache-2.0
#include "profilegen/process/kernel_version.h"

#include <charconv>
#include <system_error>

namespace profilegen {

std::pair<int, int> kernel_version(std::string_view release) {
  std::pair<int, int> version{0, 0};
  const char* end = release.data() + release.size();
  const auto major = std::from_chars(release.data(), end, version.first);
  if (major.ec != std::errc() || major.ptr == end || *major.ptr != '.') return {0, 0};
  const auto minor = std::from_chars(major.ptr + 1, end, version.second);
  return minor.ec == std::errc() ? version : std::pair{0, 0};
}

}  // namespace profilegen
