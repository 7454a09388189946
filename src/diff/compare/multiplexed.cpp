// SPDX-License-Identifier: Apache-2.0
// i386 has one call for all of sockets and one for all of System V IPC; the first argument says which is meant, and the
// others lie in memory, where no filter looks. libseccomp also makes a rule for socketcall of one for socket, and
// drops what that one demands of its arguments: a rule that denies one family denies every socket there.
#include "multiplexed.h"

#include <algorithm>
#include <array>
#include <set>
#include <string_view>

namespace profilegen::diff {
namespace {

struct Multiplexed {
  std::string_view call;
  uint64_t number;
  std::string_view name;
};

// linux/net.h and linux/ipc.h
constexpr std::array<Multiplexed, 32> kMultiplexed = {{
    {"socketcall", 1, "socket"},
    {"socketcall", 2, "bind"},
    {"socketcall", 3, "connect"},
    {"socketcall", 4, "listen"},
    {"socketcall", 5, "accept"},
    {"socketcall", 6, "getsockname"},
    {"socketcall", 7, "getpeername"},
    {"socketcall", 8, "socketpair"},
    {"socketcall", 9, "send"},
    {"socketcall", 10, "recv"},
    {"socketcall", 11, "sendto"},
    {"socketcall", 12, "recvfrom"},
    {"socketcall", 13, "shutdown"},
    {"socketcall", 14, "setsockopt"},
    {"socketcall", 15, "getsockopt"},
    {"socketcall", 16, "sendmsg"},
    {"socketcall", 17, "recvmsg"},
    {"socketcall", 18, "accept4"},
    {"socketcall", 19, "recvmmsg"},
    {"socketcall", 20, "sendmmsg"},
    {"ipc", 1, "semop"},
    {"ipc", 2, "semget"},
    {"ipc", 3, "semctl"},
    {"ipc", 4, "semtimedop"},
    {"ipc", 11, "msgsnd"},
    {"ipc", 12, "msgrcv"},
    {"ipc", 13, "msgget"},
    {"ipc", 14, "msgctl"},
    {"ipc", 21, "shmat"},
    {"ipc", 22, "shmdt"},
    {"ipc", 23, "shmget"},
    {"ipc", 24, "shmctl"},
}};

}  // namespace

std::string multiplexed_text(const CallKey& call, const std::vector<CallArguments>& examples) {
  if (call.arch != Arch::x86) return "";
  std::string names;
  for (const auto& [name, number, stands_for] : kMultiplexed) {
    const uint64_t wanted = number;
    const bool is_meant =
        std::ranges::any_of(examples, [wanted](const CallArguments& one) { return one[0] == wanted; });
    if (name == call.name && is_meant) names += (names.empty() ? "" : ", ") + std::string(stands_for);
  }
  return names.empty() ? "" : ", which is " + names + " with any arguments";
}

}  // namespace profilegen::diff
