// SPDX-License-Identifier: Apache-2.0
#include "common/console.h"

#include <unistd.h>

#include <cerrno>
#include <cstdlib>

#include "profilegen/terminal_text.h"

namespace profilegen::cli {

namespace {

/// Returns 0 or errno.
int write_all(int descriptor, std::string_view text) {
  const IgnoreSigpipe guard;
  while (!text.empty()) {
    const ssize_t written = write(descriptor, text.data(), text.size());
    if (written < 0 && errno != EINTR) return errno;
    if (written > 0) text.remove_prefix(static_cast<size_t>(written));
  }
  return 0;
}

/// Ignores errors: when standard error itself fails, there is nowhere to report it.
void say(const std::string& line) { (void)write_all(STDERR_FILENO, "profilegen: " + terminal_text(line) + "\n"); }

}  // namespace

void Console::note(const std::string& line) const {
  if (!quiet) say(line);
}

void Console::detail(const std::string& line) const {
  if (verbose && !quiet) say(line);
}

void print_error(const Error& error) { say(error.line()); }

int fail(const Error& error, int status) {
  print_error(error);
  return status;
}

Status print(std::string_view text) {
  const int errnum = write_all(STDOUT_FILENO, text);
  if (errnum != 0) return Error{"standard output", "cannot be written", "", errnum};
  return Done{};
}

int print_and_exit(std::string_view text, int status) {
  const Status printed = print(text);
  return printed ? status : fail(printed.error());
}

bool colours_wanted(int descriptor) {
  const char* no_color = std::getenv("NO_COLOR");
  return isatty(descriptor) == 1 && (no_color == nullptr || *no_color == '\0');
}

}  // namespace profilegen::cli
