// SPDX-License-Identifier: Apache-2.0
// A bundle's files of flags, read back. Somebody else may have written them, for example in a pull request: only what
// emit writes there is a policy, and anything else could be an order to the engine.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace profilegen {

struct FlagWord {
  std::string text;
  size_t line = 0;  ///< in its file, from 1
};

/// As the shell splits the text for $(cat FILE).
std::vector<FlagWord> flag_words(std::string_view text);

/// Whether emit writes the word into docker.flags, podman.flags or docker-apparmor.flags for some profile.
bool is_emitted_flag(std::string_view word);

/// The first line of an AppArmor profile that emit does not write, or nothing. Loading a profile replaces whichever one
/// the file names, and may read other files.
std::optional<size_t> line_not_emitted(std::string_view apparmor, const std::string& name);

}  // namespace profilegen
