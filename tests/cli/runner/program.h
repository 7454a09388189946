// SPDX-License-Identifier: Apache-2.0
// Runs a program the way a shell does, and tells what it said.
#pragma once

#include <string>
#include <vector>

enum class Stdout {
  captured,
  terminal,     ///< captured through a pseudo-terminal
  full_disk,    ///< /dev/full
  closed,       ///< as with >&-
  broken_pipe,  ///< nobody reads it
};

struct Program {
  std::vector<std::string> command;        ///< the program's path first
  std::string directory = ".";             ///< to run it in
  std::string input{};                     ///< of standard input
  std::vector<std::string> environment{};  ///< "NAME=VALUE", beside PATH: nothing else is inherited
  Stdout output = Stdout::captured;
};

struct Outcome {
  int status = -1;  ///< exit status; 128 + n for signal n
  std::string out;
  std::string err;
};

/// Throws std::runtime_error when it cannot be started.
Outcome run_program(const Program& program);
