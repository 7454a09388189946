// SPDX-License-Identifier: Apache-2.0
// All output of the program: results go to standard output, messages to standard error.
#pragma once

#include <csignal>
#include <string>
#include <string_view>

#include "profilegen/result.h"

namespace profilegen::cli {

/// While this object lives, writing to a closed pipe is an error (EPIPE) and not a signal. Only for the time of
/// writing: a command that is run for the user must not inherit an ignored SIGPIPE.
class IgnoreSigpipe {
 public:
  IgnoreSigpipe() {
    struct sigaction ignore {};
    ignore.sa_handler = SIG_IGN;
    sigaction(SIGPIPE, &ignore, &before_);
  }
  ~IgnoreSigpipe() { sigaction(SIGPIPE, &before_, nullptr); }
  IgnoreSigpipe(const IgnoreSigpipe&) = delete;
  IgnoreSigpipe& operator=(const IgnoreSigpipe&) = delete;

 private:
  struct sigaction before_ {};
};

struct Console {
  bool quiet = false;    ///< print only results and errors
  bool verbose = false;  ///< also print what is being done

  void note(const std::string& line) const;    ///< unless --quiet
  void detail(const std::string& line) const;  ///< with -v
};

/// Prints "profilegen: LINE" to standard error; always one line, because control characters in names are escaped.
void print_error(const Error& error);
/// Prints the error and returns the exit status to leave with.
int fail(const Error& error, int status = 2);

/// Prints all of the text to standard output, or returns why not: a full disk or a closed pipe is an error.
Status print(std::string_view text);
/// Returns `status` if the text could be printed, else the error's.
int print_and_exit(std::string_view text, int status = 0);

/// Whether the descriptor is a terminal and colours are not switched off (NO_COLOR, https://no-color.org).
bool colours_wanted(int descriptor);

}  // namespace profilegen::cli
