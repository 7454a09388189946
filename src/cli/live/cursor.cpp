// SPDX-License-Identifier: Apache-2.0
// Knows the escape sequences of ECMA-48 and of xterm (console_codes(4)).
#include "live/cursor.h"

namespace profilegen::cli {

void Cursor::print(std::string_view text) {
  for (const char c : text) print(c);
}

void Cursor::print(char c) {
  constexpr char kEscape = '\x1b';
  switch (state_) {
    case State::text:
      if (c == kEscape) {
        state_ = State::escape;
        return;
      }
      at_line_begin_ = c == '\n' && last_ == '\r';
      last_ = c;
      return;
    case State::escape:
      if (c == '[')
        state_ = State::control;
      else if (c == ']')
        state_ = State::title;
      else if (c == '(' || c == ')')
        state_ = State::charset;
      else {
        moved_ = true;
        state_ = State::text;
      }
      return;
    case State::control:
      if (c < '@' || c > '~') return;  // parameters
      // Colours, and erasing to the end of the line, don't move the cursor.
      moved_ = moved_ || (c != 'm' && c != 'K');
      state_ = State::text;
      return;
    case State::title:
      if (c == '\a') state_ = State::text;
      if (c == kEscape) state_ = State::title_escape;
      return;
    case State::title_escape:
    case State::charset:
      state_ = State::text;
      return;
  }
}

}  // namespace profilegen::cli
