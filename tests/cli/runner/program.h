// SPDX-License-Identifier: Apache-2.0
// Runs a program as a shell does, and returns its output and status.
#pragma once

#include <string>
#include <vector>

enum class Stdout {
  captured,
  terminal,     ///< captured through a pseudo-terminal
  full_disk,    ///< /dev/full
  closed,       ///< as with >&-
  broken_pipe,  ///< with no reader
};

struct Program {
  std::vector<std::string> command;        ///< the program's path first
  std::string directory = ".";             ///< working directory
  std::string input{};                     ///< content of standard input
  std::vector<std::string> environment{};  ///< "NAME=VALUE", in addition to PATH; nothing else is inherited
  Stdout output = Stdout::captured;
};

struct Outcome {
  int status = -1;  ///< exit status; 128 + n for signal n
  std::string out;
  std::string err;
};

/// Throws std::runtime_error if the program can't be started.
Outcome run_program(const Program& program);
