// SPDX-License-Identifier: Apache-2.0
// Finds out what kind of file an input is, for all commands.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "profilegen/result.h"
#include "profilegen/seccomp_manifest.h"

namespace profilegen::cli {

enum class InputKind { trace, profile, seccomp };

struct InputFile {
  std::string object;  ///< the path, or "standard input"
  InputKind kind;
  std::string text;
};

/// The files that an argument stands for: a directory with *.trace.json means all of those, a directory with
/// profile.json (a bundle) means that file, anything else means itself.
Result<std::vector<std::string>> files_of(const std::string& argument);

/// Reads a file; "-" is standard input. Only the kind has been checked: the rest of the text may still be cut off or
/// wrong.
Result<InputFile> read_file(const std::string& path);

/// Reads all seccomp filters of a file; "-" is standard input. A plain filter has no name.
Result<std::vector<NamedFilter>> read_filters(const std::string& path);

}  // namespace profilegen::cli
