// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string_view>

#include "advice.h"
#include "application_calls.h"
#include "profilegen/shell_word.h"

namespace profilegen {
namespace {

bool is_ip(const std::pair<std::string, std::string>& network) {
  return network.first == "inet" || network.first == "inet6";
}

std::string why_no_network(const Profile& profile) {
  if (profile.network.empty()) return "no socket was made";
  if (std::ranges::any_of(profile.network, is_ip))
    return "no socket was bound, connected or sent to an address beyond the container's own loopback device";
  return "only unix and netlink sockets were made";
}

// The part of a pattern before its first special character.
std::string_view literal_part(std::string_view pattern) { return pattern.substr(0, pattern.find_first_of("*?[{\\")); }

bool may_match_below(std::string_view pattern, std::string_view directory) {
  const std::string_view literal = literal_part(pattern);
  return literal.starts_with(directory) || (literal.size() < pattern.size() && directory.starts_with(literal));
}

bool used_ipc(const Profile& profile) {
  return application_calls(profile, {"ipc", "shmget", "shmat", "shmdt", "shmctl", "semget", "semop", "semtimedop",
                                     "semtimedop_time64", "semctl", "msgget", "msgsnd", "msgrcv", "msgctl", "mq_open",
                                     "mq_unlink", "mq_timedsend"}) ||
         std::ranges::any_of(profile.files, [](const auto& file) {
           return may_match_below(file.first, "/dev/shm") || may_match_below(file.first, "/dev/mqueue");
         });
}

// The devices that engines give to each container (moby: oci/defaults.go; OCI runtime specification: config-linux.md).
constexpr std::array<std::string_view, 14> kUsualDevices = {"null",   "zero",    "full", "random", "urandom",
                                                            "tty",    "console", "ptmx", "stdin",  "stdout",
                                                            "stderr", "core",    "fd",   "pts"};

bool is_device(const std::string& pattern) {
  constexpr std::string_view dev = "/dev/";
  if (!pattern.starts_with(dev) || literal_part(pattern).size() != pattern.size()) return false;
  const std::string_view name = std::string_view(pattern).substr(dev.size());
  const std::string_view first = name.substr(0, name.find('/'));
  return !name.empty() && !name.ends_with('/') && first != "shm" && first != "mqueue" &&
         std::ranges::find(kUsualDevices, first) == kUsualDevices.end();
}

std::string device_permissions(const FileRule& rule) {
  std::string letters;
  for (const char letter : {'r', 'w'})
    if (rule.permissions.find(letter) != std::string::npos) letters += letter;
  return letters;
}

}  // namespace

std::vector<Advice> advise_isolation(const Profile& profile) {
  std::vector<Advice> advice;
  if (!profile.needs_network) advice.push_back({"--network=none", {why_no_network(profile)}});
  if (!used_ipc(profile))
    advice.push_back({"--ipc=none", {"no shared memory, semaphore or message queue was used, nor /dev/shm"}});
  for (const auto& [path, rule] : profile.files) {
    const std::string letters = device_permissions(rule);
    if (!is_device(path) || letters.empty()) continue;
    advice.push_back({shell_word(fmt::format("--device={0}:{0}:{1}", path, letters)),
                      {"it was opened, and a container has it only with this flag or with --privileged"}});
  }
  return advice;
}

}  // namespace profilegen
