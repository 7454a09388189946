// SPDX-License-Identifier: Apache-2.0
// The examples at the end of a help text.
#pragma once

#include <string>
#include <vector>

/// One example per line, without indentation.
std::vector<std::string> examples_in(const std::string& help);

/// Words that run the line in `sh -c`, with "profilegen" as the tested program. sudo is left out: the tests run as the
/// current user.
std::vector<std::string> shell_command(std::string line);
