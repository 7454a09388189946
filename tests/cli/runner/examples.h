// SPDX-License-Identifier: Apache-2.0
// The examples that a help ends with.
#pragma once

#include <string>
#include <vector>

#include "runner/program.h"

/// One a line, without indentation.
std::vector<std::string> examples_in(const std::string& help);

/// By a shell that finds the tested program as "profilegen". sudo is left out: whoever runs the tests is who he is.
Outcome run_example(const std::string& directory, const std::string& line);
