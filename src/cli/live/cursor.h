// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string_view>

namespace profilegen::cli {

/// Follows what is printed, to know where the cursor is, as far as that is possible without being the terminal.
class Cursor {
 public:
  void print(std::string_view text);

  /// The cursor is at the beginning of a line, and no escape sequence is unfinished.
  [[nodiscard]] bool is_at_line_begin() const { return at_line_begin_ && state_ == State::text; }
  /// A program moved the cursor other than by printing: it uses the whole screen.
  [[nodiscard]] bool is_moved() const { return moved_; }

 private:
  enum class State : uint8_t { text, escape, control, title, title_escape, charset };
  void print(char c);

  State state_ = State::text;
  bool at_line_begin_ = true;
  bool moved_ = false;
  char last_ = '\n';
};

}  // namespace profilegen::cli
