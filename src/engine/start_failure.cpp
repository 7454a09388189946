// SPDX-License-Identifier: Apache-2.0
#include "profilegen/start_failure.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <vector>

namespace profilegen {
namespace {

struct KnownFailure {
  StartFailure::Kind kind;
  std::string_view words;
  std::string_view cause;
  std::string_view hint;
};
constexpr KnownFailure kKnownFailures[] = {
#define START_FAILURE(kind, words, cause, hint) {StartFailure::Kind::kind, words, cause, hint},
#include "profilegen/start_failures.def"
#undef START_FAILURE
};

std::string in_small_letters(std::string_view text) {
  std::string small(text);
  std::ranges::transform(small, small.begin(), [](unsigned char letter) { return std::tolower(letter); });
  return small;
}

std::vector<std::string_view> split(std::string_view text, std::string_view separator) {
  std::vector<std::string_view> parts;
  for (size_t begin = 0; begin <= text.size();) {
    const size_t end = std::min(text.find(separator, begin), text.size());
    parts.push_back(text.substr(begin, end - begin));
    begin = end + separator.size();
  }
  return parts;
}

bool has_words(std::string_view line, std::string_view words) {
  return std::ranges::all_of(split(words, " & "), [&](std::string_view word) {
    return std::ranges::any_of(split(word, "|"),
                               [&](std::string_view one) { return line.find(one) != std::string_view::npos; });
  });
}

// A runtime that the filter stops within its own code ends with Go's stacks. Their lines name functions and files, such
// as "seccomp.InitSeccomp(0xc0)" and "\t…/seccomp_linux.go:105", and say nothing.
bool is_of_a_stack(std::string_view line) {
  const size_t arguments = line.find('(');
  return line.starts_with('\t') || (arguments != std::string_view::npos && line.ends_with(')') &&
                                    line.substr(0, arguments).find(' ') == std::string_view::npos);
}

}  // namespace

std::optional<StartFailure> explain_start_failure(std::string_view messages) {
  const std::string text = in_small_letters(messages);
  std::vector<std::string_view> lines = split(text, "\n");
  std::erase_if(lines, is_of_a_stack);
  for (const KnownFailure& known : kKnownFailures)
    for (const std::string_view line : lines)
      if (has_words(line, known.words))
        return StartFailure{known.kind, std::string(known.cause), std::string(known.hint)};
  return std::nullopt;
}

std::string runtime_in_messages(std::string_view messages) {
  constexpr std::array<std::string_view, 4> names = {"runc", "crun", "youki", "runsc"};
  for (const std::string_view name : names)
    for (const char* behind : {" create failed", ": "})
      if (const size_t at = messages.find(std::string(name) + behind); at != std::string_view::npos)
        if (at == 0 || std::isalnum(static_cast<unsigned char>(messages[at - 1])) == 0) return std::string(name);
  return "";
}

}  // namespace profilegen
