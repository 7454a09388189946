// SPDX-License-Identifier: Apache-2.0
#include "support/kubernetes_name.h"

#include <algorithm>

namespace profilegen {

Status check_kubernetes_name(const std::string& name) {
  const auto fits = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'; };
  if (!name.empty() && name.size() <= 63 && std::ranges::all_of(name, fits) && !name.starts_with('-') &&
      !name.ends_with('-'))
    return Done{};
  return Error{"--name " + name, "is not a valid name in Kubernetes",
               "use up to 63 lower-case letters, digits and dashes, without a dash at either end"};
}

}  // namespace profilegen
