// SPDX-License-Identifier: Apache-2.0
// Sources: moby/profiles seccomp, containers/common pkg/seccomp, containerd contrib/seccomp.
#include <algorithm>
#include <array>
#include <utility>

#include "profilegen/seccomp.h"

namespace profilegen {

std::optional<FilterReader> filter_reader_of(std::string_view engine) {
  using enum FilterReader;
  constexpr std::array<std::pair<std::string_view, FilterReader>, 5> readers = {{{"docker", moby},
                                                                                 {"podman", containers_common},
                                                                                 {"cri-o", containers_common},
                                                                                 {"containerd", plain},
                                                                                 {"nerdctl", plain}}};
  const auto* found = std::ranges::find(readers, engine, [](const auto& one) { return one.first; });
  if (found == readers.end()) return std::nullopt;
  return found->second;
}

}  // namespace profilegen
