// SPDX-License-Identifier: Apache-2.0
#include "number_label.h"

#include <charconv>

namespace profilegen {

std::string number_label(uint32_t number) {
  std::string label = "#";
  label += std::to_string(number);  // not "#" + …: GCC 12 then warns falsely about memcpy (GCC bug 105329)
  return label;
}

std::optional<uint32_t> number_from_label(std::string_view label) {
  if (!label.starts_with('#')) return std::nullopt;
  label.remove_prefix(1);
  if (label.size() > 1 && label.starts_with('0')) return std::nullopt;
  uint32_t number = 0;
  const char* const end = label.data() + label.size();
  const auto [rest, error] = std::from_chars(label.data(), end, number);
  if (error != std::errc{} || rest != end) return std::nullopt;
  return number;
}

}  // namespace profilegen
