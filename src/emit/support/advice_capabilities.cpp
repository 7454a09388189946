// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>

#include "advice.h"
#include "profilegen/lines.h"
#include "profilegen/paths.h"
#include "profilegen/shell_word.h"

namespace profilegen {
namespace {

constexpr uint64_t kIcmp = 1;  // IPPROTO_ICMP
constexpr int kNiceRange = 20;

std::string id_of(const std::optional<Account>& account) { return account ? std::to_string(account->id) : ""; }

/// Whether the policy has an empty place there at each start, so that no image can have the file.
bool is_made_anew(const Profile& profile, const std::string& path) {
  return profile.read_only_root && std::ranges::any_of(profile.holes, [&](const auto& hole) {
           return hole.second.kind == HoleKind::tmpfs && is_at_or_below(path, hole.first);
         });
}

/// Where the owner of a file is decided: in the user's own mount on the machine, else in the image.
std::string where(const Profile& profile, const std::string& path) {
  for (const auto& [place, mount] : profile.mounts)
    if (is_at_or_below(path, place))
      return fmt::format("on the machine, in {}", printable(mount.source.empty() ? place : mount.source));
  return "in the image";
}

std::string as_owner(const CapabilityObject& object) {
  if (!object.owner || object.owner == object.user) return "";
  return fmt::format(", or start the program as its owner: --user={}:{}", id_of(object.owner), id_of(object.group));
}

constexpr const char* kMadeAnew = "it is made anew at each start: have it made by the user who needs it";

std::string of_closed(const Profile& profile, const CapabilityObject& object) {
  if (is_made_anew(profile, object.name)) return kMadeAnew + as_owner(object);
  return fmt::format("{}: chown {} {}{}", where(profile, object.name), id_of(object.user), shell_word(object.name),
                     as_owner(object));
}

std::string of_chown(const Profile& profile, const CapabilityObject& object) {
  if (is_made_anew(profile, object.name)) return kMadeAnew;
  const std::string owner = id_of(object.to_user) + (object.to_group ? ":" + id_of(object.to_group) : "");
  const std::string user =
      object.to_user ? ", or start the program as that user: what it makes then belongs to it" : "";
  return fmt::format("{}: chown {} {}{}", where(profile, object.name), owner, shell_word(object.name), user);
}

std::string of_owned(const Profile& profile, const CapabilityObject& object) {
  if (is_made_anew(profile, object.name)) return kMadeAnew + as_owner(object);
  return fmt::format("do it {}{}", where(profile, object.name), as_owner(object));
}

std::string of_port(const CapabilityObject& object) {
  const uint64_t port = object.numbers.size() > 1 ? object.numbers[1] : 0;
  return fmt::format(
      "let it listen on a port from 1024 on, and publish that one: --publish={0}:8080; or, in a network of its own: "
      "--sysctl=net.ipv4.ip_unprivileged_port_start={0}",
      port);
}

std::string of_socket(const CapabilityObject& object) {
  const bool icmp = object.numbers.size() > 2 && object.numbers[2] == kIcmp;
  return icmp ? "for ping, a socket of type SOCK_DGRAM does, which needs no capability: net.ipv4.ping_group_range, see "
                "icmp(7)"
              : "";
}

std::string of_user(const CapabilityObject& object) {
  return object.to_user
             ? fmt::format("start it as that user, so that it has nothing to give up: --user={}", object.to_user->id)
             : "";
}

std::string of_group(const CapabilityObject& object) {
  return object.to_group
             ? fmt::format("start it with that group: --user=USER:{0} or --group-add={0}", object.to_group->id)
             : "start it as the user that it becomes: --user=USER:GROUP";
}

/// "RLIMIT_NOFILE" is "nofile" to the engines.
std::string of_limit(const CapabilityObject& object) {
  if (object.numbers.size() < 3) return "";
  std::string name = argument_text(ArgumentKind::RLIMIT, static_cast<uint32_t>(object.numbers[0]));
  constexpr std::string_view prefix = "RLIMIT_";
  if (!name.starts_with(prefix)) return "";
  name.erase(0, prefix.size());
  std::ranges::transform(name, name.begin(), [](char letter) { return static_cast<char>(letter - 'A' + 'a'); });
  const auto value = [&](size_t place) {
    return object.numbers[place] == UINT64_MAX ? std::string("-1") : std::to_string(object.numbers[place]);
  };
  return fmt::format("have the engine set the limit: --ulimit={}={}:{}", name, value(1), value(2));
}

std::string of_priority(const CapabilityObject& object) {
  const int nice = object.numbers.empty() ? 0 : static_cast<int32_t>(static_cast<uint32_t>(object.numbers[0]));
  return nice < 0 ? fmt::format("let it have that priority: --ulimit=nice={}", kNiceRange - nice) : "";
}

/// How to do without the capability; "" where nothing general can be said.
std::string remedy(const Profile& profile, const CapabilityObject& object) {
  switch (object.kind) {
    case ObjectKind::READ:
    case ObjectKind::WRITE:
    case ObjectKind::SEARCH:
    case ObjectKind::EXECUTE:
      return of_closed(profile, object);
    case ObjectKind::CHOWN:
      return of_chown(profile, object);
    case ObjectKind::CHMOD:
      return of_owned(profile, object);
    case ObjectKind::MKNOD:
      return fmt::format("have the engine make the device: --device={}", shell_word(object.name));
    case ObjectKind::SIGNAL:
    case ObjectKind::SIGNAL_GROUP:
      return "let both processes run as one user: start the program with --user, so that none changes it";
    case ObjectKind::PORT:
      return of_port(object);
    case ObjectKind::SOCKET:
      return of_socket(object);
    case ObjectKind::USER:
      return of_user(object);
    case ObjectKind::GROUP:
      return of_group(object);
    case ObjectKind::LIMIT:
      return of_limit(object);
    case ObjectKind::PRIORITY:
      return of_priority(object);
    case ObjectKind::FILE:
      return object.call == "chroot" || object.call.ends_with("mount") ? "" : of_owned(profile, object);
    case ObjectKind::PROCESS:
      break;
  }
  return "";
}

Advice advise(const Profile& profile, const std::string& capability, const std::set<CapabilityObject>& objects) {
  Advice advice{"without CAP_" + capability, {}};
  std::vector<std::string> remedies;
  for (const CapabilityObject& object : objects) {
    advice.evidence.push_back("it was needed for: " + printable(object_text(object)));
    const std::string text = remedy(profile, object);
    if (!text.empty() && std::ranges::find(remedies, text) == remedies.end()) remedies.push_back(text);
  }
  for (const std::string& text : remedies) advice.evidence.push_back("  " + text);
  return advice;
}

}  // namespace

std::vector<Advice> advise_capabilities(const Profile& profile) {
  std::vector<Advice> advice;
  for (const auto& [capability, objects] : profile.capability_objects)
    if (profile.capabilities.contains(capability)) advice.push_back(advise(profile, capability, objects));
  return advice;
}

}  // namespace profilegen
