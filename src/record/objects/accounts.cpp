// SPDX-License-Identifier: Apache-2.0
#include "objects/accounts.h"

#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <sstream>

namespace profilegen {
namespace {

constexpr uint32_t kOverflowId = 65534;
constexpr size_t kMostBytes = 256 * 1024;  // the container may have put anything there
constexpr size_t kLongestName = 32;

std::string read_bounded(const PathResolver& container, const std::string& path) {
  const auto read = [](const UniqueFd& file) {
    std::string text(kMostBytes, '\0');
    const ssize_t length = pread(file.get(), text.data(), text.size(), 0);
    text.resize(length > 0 ? static_cast<size_t>(length) : 0);
    return text;
  };
  return container.read(path, read).value_or("");
}

// The names that useradd(8) takes, so that nothing in a line for people can come from a forged file.
bool is_plain_name(std::string_view name) {
  return !name.empty() && name.size() <= kLongestName && std::ranges::all_of(name, [](char letter) {
    return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') || (letter >= '0' && letter <= '9') ||
           letter == '_' || letter == '-' || letter == '.';
  });
}

// "name:x:ID:…": the third field in both files (passwd(5), group(5)).
bool has_id(std::string_view line, uint32_t id) {
  const size_t first = line.find(':');
  const size_t second = first == std::string_view::npos ? first : line.find(':', first + 1);
  if (second == std::string_view::npos) return false;
  uint32_t number = 0;
  const char* const begin = line.data() + second + 1;
  const char* const end = line.data() + line.size();
  const auto parsed = std::from_chars(begin, end, number);
  return parsed.ec == std::errc() && (parsed.ptr == end || *parsed.ptr == ':') && number == id;
}

}  // namespace

IdMap IdMap::parse(const std::string& text) {
  IdMap map;
  std::istringstream lines(text);
  for (Range range{}; lines >> range.inside >> range.outside >> range.count;) map.ranges_.push_back(range);
  return map;
}

uint32_t IdMap::inside(uint32_t outside) const {
  if (ranges_.empty()) return outside;
  for (const Range& range : ranges_)
    if (outside >= range.outside && outside - range.outside < range.count)
      return range.inside + (outside - range.outside);
  return kOverflowId;
}

std::string account_name(std::string_view text, uint32_t id) {
  while (!text.empty()) {
    const std::string_view line = text.substr(0, text.find('\n'));
    const std::string_view name = line.substr(0, line.find(':'));
    if (has_id(line, id)) return is_plain_name(name) ? std::string(name) : "";
    text.remove_prefix(std::min(text.size(), line.size() + 1));
  }
  return "";
}

Account Accounts::user(uint32_t id) {
  if (!passwd_) passwd_ = read_bounded(container_, "/etc/passwd");
  return {id, account_name(*passwd_, id)};
}

Account Accounts::group(uint32_t id) {
  if (!group_file_) group_file_ = read_bounded(container_, "/etc/group");
  return {id, account_name(*group_file_, id)};
}

}  // namespace profilegen
