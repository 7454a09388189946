// SPDX-License-Identifier: Apache-2.0
#include "profilegen/json_text.h"

#include "profilegen/path_text.h"

namespace profilegen {
namespace {

// Every character that is not shown is below U+10000, so one escape is enough.
void append_unicode(std::string& out, uint32_t code) {
  constexpr std::string_view digits = "0123456789abcdef";
  out += "\\u";
  for (const unsigned shift : {12U, 8U, 4U, 0U}) out += digits[code >> shift & 15U];
}

}  // namespace

// Outside of strings JSON has no character that is not ASCII, nor one of the pairs. Line breaks between its values
// stay.
std::string plain_json(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  while (!text.empty()) {
    const TextCharacter next = first_character(text);
    const std::string_view bytes = text.substr(0, next.length);
    const bool doubles = (bytes == ":" || bytes == "#") && out.ends_with(bytes);
    if ((next.shown && !doubles) || bytes == "\n")
      out += bytes;
    else
      append_unicode(out, next.code);
    text.remove_prefix(next.length);
  }
  return out;
}

}  // namespace profilegen
