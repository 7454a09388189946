// SPDX-License-Identifier: Apache-2.0
#include "glob_cover.h"

#include <algorithm>
#include <bitset>
#include <cstdint>
#include <map>
#include <optional>
#include <vector>

namespace profilegen::diff {
namespace {

using Bytes = std::bitset<256>;

/// One step of a pattern: one byte out of a set, or any number of bytes.
struct Token {
  enum class Kind : uint8_t { one, any, deep } kind;  ///< any: "*"; deep: "**", which also matches slashes
  Bytes bytes;                                        ///< for Kind::one
};
using Pattern = std::vector<Token>;

constexpr size_t kMostAlternatives = 256;

Bytes all_but_slash() { return ~Bytes() & ~Bytes().set('/'); }

size_t place(char byte) { return static_cast<unsigned char>(byte); }

/// Decodes "\ooo" (octal), or a byte after a backslash.
char escaped(std::string_view text, size_t& at) {
  constexpr size_t kDigits = 3;
  if (at + kDigits < text.size() + 0 && text[at + 1] >= '0' && text[at + 1] <= '3') {
    int value = 0;
    for (size_t digit = 1; digit <= kDigits; ++digit) value = value * 8 + (text[at + digit] - '0');
    at += kDigits;
    return static_cast<char>(value);
  }
  if (at + 1 < text.size()) ++at;
  return text[at];
}

/// Reads "[a-z0-9]" or "[^/]"; `at` is the index of its first byte, and of its last one afterwards.
std::optional<Bytes> character_class(std::string_view text, size_t& at) {
  const size_t end = text.find(']', at + 1);
  if (end == std::string_view::npos) return std::nullopt;
  std::string_view inside = text.substr(at + 1, end - at - 1);
  const bool inverse = inside.starts_with('^');
  if (inverse) inside.remove_prefix(1);
  Bytes bytes;
  for (size_t i = 0; i < inside.size(); ++i) {
    const bool range = i + 2 < inside.size() && inside[i + 1] == '-';
    for (size_t byte = place(inside[i]); byte <= place(inside[range ? i + 2 : i]); ++byte) bytes.set(byte);
    if (range) i += 2;
  }
  at = end;
  return inverse ? ~bytes : bytes;
}

/// Expands the braces of a pattern into all texts they stand for; empty when these are too many or a brace is
/// unbalanced.
std::vector<std::string> without_braces(const std::string& text) {
  size_t open = std::string::npos;
  for (size_t at = 0; at < text.size(); ++at) {
    if (text[at] == '\\')
      ++at;
    else if (text[at] == '{')
      open = at;  // the innermost
    else if (text[at] == '}' && open != std::string::npos) {
      std::vector<std::string> all;
      const std::string inside = text.substr(open + 1, at - open - 1);
      for (size_t begin = 0; begin <= inside.size();) {
        const size_t comma = std::min(inside.find(',', begin), inside.size());
        const auto more =
            without_braces(text.substr(0, open) + inside.substr(begin, comma - begin) + text.substr(at + 1));
        if (more.empty() || all.size() + more.size() > kMostAlternatives) return {};
        all.insert(all.end(), more.begin(), more.end());
        begin = comma + 1;
      }
      return all;
    }
  }
  if (open != std::string::npos) return {};
  return {text};
}

std::optional<Pattern> parse(std::string_view text) {
  Pattern pattern;
  for (size_t at = 0; at < text.size(); ++at) {
    if (text[at] == '*') {
      const bool deep = at + 1 < text.size() && text[at + 1] == '*';
      if (deep) ++at;
      pattern.push_back({deep ? Token::Kind::deep : Token::Kind::any, {}});
    } else if (text[at] == '?') {
      pattern.push_back({Token::Kind::one, all_but_slash()});
    } else if (text[at] == '[') {
      const auto bytes = character_class(text, at);
      if (!bytes) return std::nullopt;
      pattern.push_back({Token::Kind::one, *bytes});
    } else {
      pattern.push_back({Token::Kind::one, Bytes().set(place(text[at] == '\\' ? escaped(text, at) : text[at]))});
    }
  }
  return pattern;
}

/// Whether wide[w…] matches everything that narrow[n…] matches. A star in `narrow` is treated as one unknown step,
/// which only a star of at least the same kind in `wide` can match.
class Cover {
 public:
  Cover(const Pattern& wide, const Pattern& narrow) : wide_(wide), narrow_(narrow) {}

  bool from(size_t w, size_t n) {
    const auto known = known_.find({w, n});
    if (known != known_.end()) return known->second;
    return known_[{w, n}] = ask(w, n);
  }

 private:
  [[nodiscard]] bool swallows(const Token& star, const Token& step) const {
    if (star.kind == Token::Kind::deep) return true;
    if (star.kind != Token::Kind::any || step.kind == Token::Kind::deep) return false;
    return step.kind == Token::Kind::any || !step.bytes.test('/');
  }

  bool ask(size_t w, size_t n) {
    const bool star = w < wide_.size() && wide_[w].kind != Token::Kind::one;
    if (star && from(w + 1, n)) return true;
    if (n == narrow_.size()) return w == wide_.size();
    if (w == wide_.size()) return false;
    const Token& step = narrow_[n];
    if (star) return swallows(wide_[w], step) && from(w, n + 1);
    return step.kind == Token::Kind::one && (step.bytes & ~wide_[w].bytes).none() && from(w + 1, n + 1);
  }

  const Pattern& wide_;
  const Pattern& narrow_;
  std::map<std::pair<size_t, size_t>, bool> known_;
};

bool covers_plain(const std::vector<std::string>& wide, const std::string& narrow) {
  const auto inner = parse(narrow);
  if (!inner) return false;
  for (const std::string& one : wide) {
    const auto outer = parse(one);
    if (outer && Cover(*outer, *inner).from(0, 0)) return true;
  }
  return false;
}

}  // namespace

std::string_view literal_part(std::string_view pattern) { return pattern.substr(0, pattern.find_first_of("*?[{\\")); }

bool covers(std::string_view wide, std::string_view narrow) {
  if (wide == narrow) return true;
  const auto outer = without_braces(std::string(wide));
  const auto inner = without_braces(std::string(narrow));
  if (outer.empty() || inner.empty()) return false;
  for (const std::string& one : inner)
    if (!covers_plain(outer, one)) return false;
  return true;
}

}  // namespace profilegen::diff
