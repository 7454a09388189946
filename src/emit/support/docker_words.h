// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

namespace profilegen {

/// Whether the shell leaves a word as it is when it expands an unquoted $(cat docker.flags). It splits the text at
/// white space and expands file name patterns, and quotes in the file don't prevent that.
bool survives_word_splitting(std::string_view word);

/// Whether the path can be the mount point in --tmpfs=PATH:OPTIONS and --volume=PATH. Clients pass it on as JSON, which
/// can't hold bytes that are not UTF-8; and what people can't see is in no flag and in no YAML that they review.
bool is_flag_path(std::string_view path);

}  // namespace profilegen
