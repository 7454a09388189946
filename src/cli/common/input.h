// SPDX-License-Identifier: Apache-2.0
// What kind of file is this? One answer for every command.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "profilegen/result.h"

namespace profilegen::cli {

enum class InputKind { trace, profile, seccomp };

struct InputFile {
  std::string object;  ///< the path, or "standard input"
  InputKind kind;
  std::string text;
};

/// The files that an argument means: a directory with *.trace.json stands for all of those, one with profile.json for
/// that (a bundle), everything else for itself.
Result<std::vector<std::string>> files_of(const std::string& argument);

/// "-" is standard input. Only the kind is known to be right; the text may still be cut off or wrong further on.
Result<InputFile> read_file(const std::string& path);

}  // namespace profilegen::cli
