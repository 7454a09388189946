// SPDX-License-Identifier: Apache-2.0
#include "profilegen/capability_object.h"

#include <fmt/format.h>
#include <netinet/in.h>
#include <sys/resource.h>

#include <array>
#include <cstring>

#include "profilegen/arguments.h"

namespace profilegen {
namespace {

constexpr std::array kKinds = {
#define OBJECT_KIND(id, name) std::string_view(name),
#include "profilegen/capability_objects.def"
#undef OBJECT_KIND
};

uint64_t number(const CapabilityObject& object, size_t place) {
  return place < object.numbers.size() ? object.numbers[place] : 0;
}

uint32_t number32(const CapabilityObject& object, size_t place) { return static_cast<uint32_t>(number(object, place)); }

/// "/var/log/x, 0640 www-data:adm", or the path alone when nothing is known of the file.
std::string file_text(const CapabilityObject& object) {
  if (!object.mode || !object.owner || !object.group) return object.name;
  return fmt::format("{}, {:04o} {}:{}", object.name, *object.mode, account_text(*object.owner),
                     account_text(*object.group));
}

/// "redis:redis"; ":redis" when only the group changes.
std::string new_owner_text(const CapabilityObject& object) {
  std::string text = object.to_user ? account_text(*object.to_user) : "";
  if (object.to_group) text += ":" + account_text(*object.to_group);
  return text;
}

std::string device_text(const CapabilityObject& object) {
  return fmt::format("mknod of {}, device {}:{}", object.name, number(object, 1), number(object, 2));
}

std::string signal_name(const CapabilityObject& object) {
  const char* name = sigabbrev_np(static_cast<int>(number32(object, 0)));
  return name == nullptr ? fmt::format("signal {}", number(object, 0)) : fmt::format("SIG{}", name);
}

std::string process_text(const CapabilityObject& object) {
  if (object.name.empty()) return "a process that has ended";
  return object.name + (object.owner ? " of " + account_text(*object.owner) : "");
}

std::string protocol_text(uint32_t family, uint32_t protocol) {
  const bool ip = family == AF_INET || family == AF_INET6;
  if (ip && protocol == IPPROTO_ICMP) return "icmp";
  if (ip && protocol == IPPROTO_ICMPV6) return "icmpv6";
  return fmt::format("protocol {}", protocol);
}

std::string socket_text(const CapabilityObject& object) {
  const uint32_t family = number32(object, 0);
  return fmt::format("socket {} {} {}", argument_text(ArgumentKind::FAMILY, family),
                     argument_text(ArgumentKind::SOCKET_TYPE, number32(object, 1)),
                     protocol_text(family, number32(object, 2)));
}

std::string limit_value(uint64_t value) { return value == RLIM_INFINITY ? "unlimited" : std::to_string(value); }

std::string limit_text(const CapabilityObject& object) {
  return fmt::format("{} to {}, at most {}", argument_text(ArgumentKind::RLIMIT, number32(object, 0)),
                     limit_value(number(object, 1)), limit_value(number(object, 2)));
}

std::string what(const CapabilityObject& object) {
  switch (object.kind) {
    case ObjectKind::READ:
    case ObjectKind::WRITE:
    case ObjectKind::SEARCH:
      return fmt::format("{} of {}", object_kind_name(object.kind), file_text(object));
    case ObjectKind::EXECUTE:
      return "execution of " + file_text(object);
    case ObjectKind::CHOWN:
      return fmt::format("chown of {}, to {}", file_text(object), new_owner_text(object));
    case ObjectKind::CHMOD:
      return fmt::format("chmod of {}, to {:04o}", file_text(object), number(object, 0));
    case ObjectKind::MKNOD:
      return device_text(object);
    case ObjectKind::FILE:
      return fmt::format("{} at {}", object.call, file_text(object));
    case ObjectKind::SIGNAL:
      return fmt::format("{} to {}", signal_name(object), process_text(object));
    case ObjectKind::SIGNAL_GROUP:
      return signal_name(object) + " to several processes at once";
    case ObjectKind::PROCESS:
      return process_text(object);
    case ObjectKind::PORT:
      return fmt::format("bind to port {} of {}", number(object, 1),
                         argument_text(ArgumentKind::FAMILY, number32(object, 0)));
    case ObjectKind::SOCKET:
      return socket_text(object);
    case ObjectKind::USER:
      return "change to user " + (object.to_user ? account_text(*object.to_user) : "");
    case ObjectKind::GROUP:
      return object.to_group ? "change to group " + account_text(*object.to_group) : "change to no further groups";
    case ObjectKind::LIMIT:
      return limit_text(object);
    case ObjectKind::PRIORITY:
      return fmt::format("priority {}", static_cast<int32_t>(number32(object, 0)));
  }
  return "";
}

}  // namespace

std::string_view object_kind_name(ObjectKind kind) { return kKinds.at(static_cast<size_t>(kind)); }

std::string account_text(const Account& account) {
  return account.name.empty() ? std::to_string(account.id) : account.name;
}

std::string object_text(const CapabilityObject& object) {
  if (!object.user) return what(object);
  return fmt::format("{}, as {}{}", what(object), object.user->name.empty() ? "user " : "", account_text(*object.user));
}

}  // namespace profilegen
