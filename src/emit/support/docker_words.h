// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

namespace profilegen {

/// The shell splits the unquoted $(cat docker.flags) at white space and expands file name patterns in it; quotes don't
/// help there. True when a word comes through as it is.
bool survives_word_splitting(std::string_view word);

/// True when the path can be the mount point in --tmpfs=PATH:OPTIONS and --volume=PATH.
bool is_flag_path(std::string_view path);

}  // namespace profilegen
