// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string_view>

namespace profilegen::cli {

/// Where what was printed leaves the cursor, as far as that can be known without being the terminal.
class Cursor {
 public:
  void print(std::string_view text);

  /// At the begin of a line, and no sequence has begun.
  [[nodiscard]] bool is_at_line_begin() const { return at_line_begin_ && state_ == State::text; }
  /// A program moved it other than by printing: the terminal is its own.
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
