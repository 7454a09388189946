// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "profilegen/capability_object.h"
#include "profilegen/path_text.h"

namespace profilegen {
namespace {

using Json = nlohmann::ordered_json;

constexpr size_t kMostNumbers = 8;

Json account_json(const std::optional<Account>& account) {
  if (!account) return nullptr;
  return {{"id", account->id}, {"name", path_to_text(account->name)}};
}

std::optional<Account> read_account(const JsonValue& value) {
  if (value.kind() == JsonKind::null) return std::nullopt;
  value.keys({"id", "name"});
  return Account{value.at("id").number32(), value.at("name").path_text()};
}

std::optional<uint32_t> read_mode(const JsonValue& value) {
  if (value.kind() == JsonKind::null) return std::nullopt;
  const std::string text = value.string();
  const bool is_mode = text.size() == 4 && text.find_first_not_of("01234567") == std::string::npos;
  if (is_mode) return static_cast<uint32_t>(std::stoul(text, nullptr, 8));
  value.fail("must be four octal digits, such as \"0755\", or null");
  return std::nullopt;
}

ObjectKind read_kind(const JsonValue& value) {
  const std::string name = value.string();
#define OBJECT_KIND(id, text) \
  if (name == (text)) return ObjectKind::id;
#include "profilegen/capability_objects.def"
#undef OBJECT_KIND
  value.fail("is no kind of object that this profilegen knows");
  return ObjectKind::FILE;
}

std::vector<uint64_t> read_numbers(const JsonValue& list) {
  std::vector<uint64_t> numbers;
  list.elements([&](JsonValue value) {
    if (numbers.size() == kMostNumbers) return value.fail("is one more than any object has");
    numbers.push_back(value.number(UINT64_MAX));
  });
  return numbers;
}

}  // namespace

Json object_to_json(const CapabilityObject& object) {
  Json json;
  json["kind"] = object_kind_name(object.kind);
  json["name"] = path_to_text(object.name);
  json["call"] = path_to_text(object.call);
  json["mode"] = object.mode ? Json(fmt::format("{:04o}", *object.mode)) : Json(nullptr);
  json["owner"] = account_json(object.owner);
  json["group"] = account_json(object.group);
  json["to_user"] = account_json(object.to_user);
  json["to_group"] = account_json(object.to_group);
  json["user"] = account_json(object.user);
  json["numbers"] = object.numbers;
  return json;
}

CapabilityObject object_from_json(const JsonValue& value) {
  value.keys({"kind", "name", "call", "mode", "owner", "group", "to_user", "to_group", "user", "numbers"});
  CapabilityObject object;
  object.kind = read_kind(value.at("kind"));
  object.name = value.at("name").path_text();
  object.call = value.at("call").path_text();
  object.mode = read_mode(value.at("mode"));
  object.owner = read_account(value.at("owner"));
  object.group = read_account(value.at("group"));
  object.to_user = read_account(value.at("to_user"));
  object.to_group = read_account(value.at("to_group"));
  object.user = read_account(value.at("user"));
  object.numbers = read_numbers(value.at("numbers"));
  return object;
}

}  // namespace profilegen
