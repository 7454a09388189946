// SPDX-License-Identifier: Apache-2.0
// The only way out: results to standard output, everything said about them to standard error.
#pragma once

#include <csignal>
#include <string>
#include <string_view>

#include "profilegen/result.h"

namespace profilegen::cli {

/// A closed pipe is an error meanwhile, never a signal. Only while writing: a command that is run for the user must not
/// inherit an ignored SIGPIPE.
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
  bool quiet = false;    ///< only results and errors
  bool verbose = false;  ///< also what is done

  void note(const std::string& line) const;    ///< unless --quiet
  void detail(const std::string& line) const;  ///< with -v
};

/// "profilegen: LINE" on standard error; always one line, whatever a file is called.
void print_error(const Error& error);
/// The same, and the exit status to leave with.
int fail(const Error& error, int status = 2);

/// All of it, or why not: a full disk or a closed pipe is an error, never silence and never a signal.
Status print(std::string_view text);
/// `status` when the text could be printed, else the error's.
int print_and_exit(std::string_view text, int status = 0);

/// A terminal that wants them (NO_COLOR, https://no-color.org).
bool colours_wanted(int descriptor);

}  // namespace profilegen::cli
