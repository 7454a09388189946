// SPDX-License-Identifier: Apache-2.0
// audit(1795671309.093:4): apparmor="DENIED" operation="open" profile="web" name="/etc/passwd" pid=603 comm="cat" …
#include <charconv>

#include "profilegen/apparmor.h"

namespace profilegen {
namespace {

constexpr std::string_view kHex = "0123456789ABCDEF";

// A text with blanks, quotes or anything but printable ASCII is written in hexadecimal without quotes
// (audit_log_untrustedstring in kernel/audit.c).
std::string unhex(std::string_view text) {
  std::string bytes;
  for (size_t index = 0; index + 1 < text.size(); index += 2) {
    const size_t high = kHex.find(text[index]);
    const size_t low = kHex.find(text[index + 1]);
    if (high == std::string_view::npos || low == std::string_view::npos) return std::string(text);
    bytes += static_cast<char>(high * 16 + low);
  }
  return bytes;
}

/// The value after " KEY=", including its quotes.
std::optional<std::string_view> raw_value(std::string_view text, std::string_view key) {
  const std::string wanted = " " + std::string(key) + "=";
  const size_t found = text.find(wanted);
  if (found == std::string_view::npos) return std::nullopt;
  const std::string_view rest = text.substr(found + wanted.size());
  const bool quoted = rest.starts_with('"');
  const size_t end = quoted ? rest.find('"', 1) : rest.find(' ');
  if (end == std::string_view::npos) return rest;
  return rest.substr(0, end + (quoted ? 1 : 0));
}

std::string value(std::string_view text, std::string_view key) {
  const auto raw = raw_value(text, key);
  if (!raw) return "";
  return raw->size() >= 2 && raw->front() == '"' ? std::string(raw->substr(1, raw->size() - 2)) : unhex(*raw);
}

}  // namespace

std::optional<AppArmorDenial> parse_apparmor_record(std::string_view text) {
  if (raw_value(text, "apparmor") != R"("DENIED")") return std::nullopt;
  AppArmorDenial denial;
  denial.profile = value(text, "profile");
  denial.operation = value(text, "operation");
  denial.name = value(text, "name");
  denial.mask = value(text, "denied_mask");
  denial.program = value(text, "comm");
  denial.family = value(text, "family");
  denial.type = value(text, "sock_type");
  denial.capability = value(text, "capname");
  const std::string_view pid = raw_value(text, "pid").value_or("");
  std::from_chars(pid.data(), pid.data() + pid.size(), denial.pid);
  return denial;
}

}  // namespace profilegen
