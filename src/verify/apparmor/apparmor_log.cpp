// SPDX-License-Identifier: Apache-2.0
#include <linux/audit.h>
#include <linux/netlink.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <utility>

#include "profilegen/apparmor.h"

namespace profilegen {
namespace {

constexpr int kBytes = 16 << 20;  // room for some 20 000 records; they are read when the run is over

Error log_error(const char* what) {
  return {"AppArmor", std::string(what) + ": " + std::strerror(errno),
          "run as root, outside of a container; without --apparmor the rest is verified"};
}

}  // namespace

Result<AppArmorLog> AppArmorLog::open() {
  UniqueFd records(socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC | SOCK_NONBLOCK, NETLINK_AUDIT));
  if (!records) return log_error("audit records can't be read");
  sockaddr_nl address{};
  address.nl_family = AF_NETLINK;
  address.nl_groups = 1U << (AUDIT_NLGRP_READLOG - 1);
  if (setsockopt(records.get(), SOL_SOCKET, SO_RCVBUFFORCE, &kBytes, sizeof kBytes) != 0 ||
      bind(records.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0)
    return log_error("audit records can't be read");
  return AppArmorLog(std::move(records));
}

Result<std::vector<AppArmorDenial>> AppArmorLog::take(const std::string& profile) {
  std::vector<AppArmorDenial> denials;
  std::array<char, 16384> message{};
  while (true) {
    const ssize_t length = recv(socket_.get(), message.data(), message.size(), 0);
    if (length < 0 && errno == EINTR) continue;
    if (length < 0 && errno == EAGAIN) return denials;
    if (length < 0) return log_error("audit records were lost");
    nlmsghdr header{};
    if (static_cast<size_t>(length) < sizeof header) continue;
    std::memcpy(&header, message.data(), sizeof header);
    // The length in the header does not include the header (audit_log_end in kernel/audit.c), so the received length is
    // used.
    if (header.nlmsg_type != AUDIT_AVC) continue;
    const auto denial =
        parse_apparmor_record({message.data() + sizeof header, static_cast<size_t>(length) - sizeof header});
    if (!denial || denial->profile != profile) continue;
    const bool known = std::ranges::any_of(denials, [&](const AppArmorDenial& other) {
      return other.operation == denial->operation && other.name == denial->name && other.mask == denial->mask &&
             other.family == denial->family && other.type == denial->type && other.capability == denial->capability;
    });
    if (!known) denials.push_back(*denial);
  }
}

}  // namespace profilegen
