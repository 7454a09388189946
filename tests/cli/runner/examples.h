// SPDX-License-Identifier: Apache-2.0
// The examples that a help ends with.
#pragma once

#include <string>
#include <vector>

/// One a line, without indentation.
std::vector<std::string> examples_in(const std::string& help);

/// For `sh -c`: the tested program is what "profilegen" means. sudo is left out: whoever runs the tests is who he is.
std::vector<std::string> shell_command(std::string line);
