// SPDX-License-Identifier: Apache-2.0
// What a capability was used for: the file, process, port or other thing that the kernel asked about. It is evidence
// for people, and nothing is allowed or denied by it.
//
// In traces and profiles it is a JSON object with all of these members, by their names: "mode" as four octal digits, an
// account as {"id":33,"name":"www-data"}, and null for what is not known.
#pragma once

#include <compare>
#include <cstdint>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "profilegen/json_reader.h"

namespace profilegen {

enum class ObjectKind : uint8_t {
#define OBJECT_KIND(id, name) id,
#include "profilegen/capability_objects.def"
#undef OBJECT_KIND
};
std::string_view object_kind_name(ObjectKind kind);  ///< "read", …

/// A user or a group, as the container numbers and names it.
struct Account {
  uint32_t id = 0;
  std::string name{};  ///< from the container's /etc/passwd or /etc/group; empty when it has none there
  auto operator<=>(const Account&) const = default;
};
std::string account_text(const Account& account);  ///< "www-data", or "33"

struct CapabilityObject {
  ObjectKind kind = ObjectKind::FILE;
  std::string name{};              ///< see capability_objects.def; bytes
  std::string call{};              ///< only of FILE: the system call
  std::optional<uint32_t> mode{};  ///< permission bits with set-id and sticky, 07777
  std::optional<Account> owner{};
  std::optional<Account> group{};
  std::optional<Account> to_user{};
  std::optional<Account> to_group{};
  std::optional<Account> user{};  ///< who acts
  std::vector<uint64_t> numbers{};
  auto operator<=>(const CapabilityObject&) const = default;
};

/// "write of /var/log/nginx/error.log, 0640 www-data:adm, as root". May contain any bytes of the path.
std::string object_text(const CapabilityObject& object);

nlohmann::ordered_json object_to_json(const CapabilityObject& object);
/// Mistakes are reported to the document that the value belongs to.
CapabilityObject object_from_json(const JsonValue& value);

}  // namespace profilegen
