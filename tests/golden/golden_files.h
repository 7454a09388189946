// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <set>
#include <string>

namespace golden {

/// Names of the folders or files in tests/golden/FOLDER; empty if there is no such folder.
std::set<std::string> names_in(const std::string& folder);

/// Content of tests/golden/PATH; nullopt if there is no such file.
std::optional<std::string> read(const std::string& path);
void write(const std::string& path, const std::string& text);
void remove(const std::string& path);

/// Describes the first difference of two texts: "line 3: expected …, is …".
std::string first_difference(const std::string& expected, const std::string& actual);

}  // namespace golden
