// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "profilegen/result.h"

namespace profilegen {

/// A text that need not be in memory as a whole: the source passes its pieces to the sink, in order.
using TextSink = std::function<void(std::string_view)>;
using TextSource = std::function<void(const TextSink&)>;

/// Writes a file completely or leaves it as it was: a temporary file in the same directory is renamed over it. A new
/// file gets mode 0666 less the umask, an existing one keeps its permission bits. Symbolic links are followed. "-" is
/// standard output. What can't be replaced (/dev/stdout, /dev/fd/N, a device, a pipe) is written to directly.
Status write_file(const std::string& path, const TextSource& text);
Status write_file(const std::string& path, std::string_view text);

/// Writes several files ({path, text}) as write_file() does. All temporary files are complete before the first one
/// replaces its target, so that a full disk leaves every old file as it was.
Status write_files(const std::vector<std::pair<std::string, std::string>>& files);

}  // namespace profilegen
