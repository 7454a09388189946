// SPDX-License-Identifier: Apache-2.0
#include <fnmatch.h>

#include <algorithm>
#include <cctype>

#include "profilegen/capabilities.h"
#include "profilegen/explain.h"

namespace profilegen {
namespace {

std::string small_letters(std::string text) {
  std::ranges::transform(text, text.begin(), [](unsigned char byte) { return static_cast<char>(std::tolower(byte)); });
  return text;
}

/// "AF_INET SOCK_STREAM" is also found as "inet stream", and as "inet" for all types; so are ports.
bool is_socket(const Item& item, const std::string& name) {
  std::string plain;
  for (size_t at = 0; at < item.name.size();) {
    const size_t end = std::min(item.name.find(' ', at), item.name.size());
    const std::string word = item.name.substr(at, end - at);
    plain += (plain.empty() ? "" : " ") + small_letters(word.substr(word.find('_') + 1));
    at = end + 1;
  }
  const std::string asked = small_letters(name);
  return asked == small_letters(item.name) || asked == plain || plain.starts_with(asked + " ");
}

bool is_port(const Item& item, const std::string& name) {
  const std::string number = item.name.substr(item.name.find_last_of(' ') + 1);
  return name == number || name == "port " + number || is_socket(item, name);
}

bool is_file(const Item& item, const std::string& name) {
  if (name.ends_with('/')) return item.name.starts_with(name) || item.name + "/" == name;
  return item.name == name || fnmatch(name.c_str(), item.name.c_str(), 0) == 0;
}

bool is_call(const Item& item, const std::string& name) {
  const std::string plain = item.name.substr(item.name.find_last_of(' ') + 1);
  return name == item.name || name == plain || fnmatch(name.c_str(), plain.c_str(), 0) == 0;
}

bool is_asked_for(const Item& item, const std::string& name) {
  switch (item.kind) {
    case ItemKind::syscall:
    case ItemKind::arguments:
    case ItemKind::denied:
    case ItemKind::behaviour:
    case ItemKind::companion:
      return is_call(item, name);
    case ItemKind::capability: {
      const auto number = capability_number(name);
      return number && capability_name(*number) == item.name;
    }
    case ItemKind::file:
      return is_file(item, name);
    case ItemKind::port:
      return is_port(item, name);
    case ItemKind::socket:
      break;
  }
  return is_socket(item, name);
}

}  // namespace

std::vector<Item> find_items(const Trace& trace, const std::string& name) {
  std::vector<Item> found;
  for (Item& item : items_of(trace))
    if (is_asked_for(item, name)) found.push_back(std::move(item));
  return found;
}

}  // namespace profilegen
