// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "profilegen/result.h"

namespace profilegen {

/// A text that need not be in memory as a whole: calls the sink with each piece of it, from the first on.
using TextSink = std::function<void(std::string_view)>;
using TextSource = std::function<void(const TextSink&)>;

/// Writes the file whole or leaves what was there: a temporary file in the same directory is renamed over it.
/// A new file gets mode 0666 less the umask, one that exists keeps its permission bits. Symbolic links are followed.
/// "-" is standard output. What can't be replaced (/dev/stdout, /dev/fd/N, a device, a pipe) is written to as it is.
Status write_file(const std::string& path, const TextSource& text);
Status write_file(const std::string& path, std::string_view text);

/// Several, as by write_file: all of them are whole before the first replaces what was there, so that a disk that is
/// full leaves all of the old ones and none of the new. Takes {path, text}.
Status write_files(const std::vector<std::pair<std::string, std::string>>& files);

}  // namespace profilegen
