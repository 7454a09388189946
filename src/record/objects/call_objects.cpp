// SPDX-License-Identifier: Apache-2.0
#include "objects/call_objects.h"

#include <arpa/inet.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <span>

namespace profilegen {
namespace {

using Objects = std::vector<CapabilityObject>;

constexpr uint32_t kUnchanged = 0xffffffff;  // the id -1 of setresuid(2) and the like
constexpr uint32_t kTypeMask = 15;           // SOCK_TYPE_MASK
constexpr size_t kMostGroups = 3;

struct Target {
  std::string_view call;
  size_t process;  // the argument with its number
  size_t signal;   // the argument with the signal
};
constexpr std::array<Target, 5> kSignals = {{
    {"kill", 0, 1},
    {"tkill", 0, 1},
    {"tgkill", 0, 2},
    {"rt_sigqueueinfo", 0, 1},
    {"rt_tgsigqueueinfo", 0, 2},
}};
constexpr std::array<Target, 8> kProcesses = {{
    {"ptrace", 1, 0},
    {"process_vm_readv", 0, 0},
    {"process_vm_writev", 0, 0},
    {"pidfd_open", 0, 0},
    {"kcmp", 0, 0},
    {"sched_setscheduler", 0, 0},
    {"sched_setparam", 0, 0},
    {"sched_setaffinity", 0, 0},
}};

const Target* find_in(std::span<const Target> targets, std::string_view call) {
  const auto found = std::ranges::find(targets, call, &Target::call);
  return found == targets.end() ? nullptr : &*found;
}

CapabilityObject process_object(const AskedCall& call, ObjectKind kind, uint32_t number, Accounts& accounts,
                                const FindProcess& find) {
  CapabilityObject object{.kind = kind};
  if (const auto process = find(call.pid_ns, number)) {
    object.name = process->program;
    object.owner = accounts.user_outside(process->user);
  }
  return object;
}

Objects signals(const AskedCall& call, const Target& target, Accounts& accounts, const FindProcess& find) {
  const auto number = static_cast<int32_t>(call.argument(target.process));
  CapabilityObject object{.kind = ObjectKind::SIGNAL_GROUP};
  if (number > 0) object = process_object(call, ObjectKind::SIGNAL, static_cast<uint32_t>(number), accounts, find);
  object.numbers = {call.argument(target.signal)};
  return {object};
}

// 0 means the thread itself.
Objects processes(const AskedCall& call, const Target& target, Accounts& accounts, const FindProcess& find) {
  const uint32_t number = call.argument(target.process);
  if (number == 0) return {};
  return {process_object(call, ObjectKind::PROCESS, number, accounts, find)};
}

// The port is at the same place in the addresses of both families (struct sockaddr_in, sockaddr_in6).
Objects ports(const AskedCall& call) {
  const auto family = call.value_behind<uint16_t>(0);
  if (family != AF_INET && family != AF_INET6) return {};
  return {{.kind = ObjectKind::PORT, .numbers = {family, ntohs(call.value_behind<uint16_t>(2))}}};
}

CapabilityObject user_object(const Account& account) { return {.kind = ObjectKind::USER, .to_user = account}; }
CapabilityObject group_object(const Account& account) { return {.kind = ObjectKind::GROUP, .to_group = account}; }

// The ids that the call's first arguments name.
std::vector<uint32_t> ids_in(const AskedCall& call, size_t count) {
  std::vector<uint32_t> ids;
  for (size_t place = 0; place < count; ++place) {
    const uint32_t id = call.argument(place);
    if (id != kUnchanged && std::ranges::find(ids, id) == ids.end()) ids.push_back(id);
  }
  return ids;
}

Objects groups(const AskedCall& call, Accounts& accounts) {
  const size_t count = call.argument(0);
  if (count == 0) return {{.kind = ObjectKind::GROUP}};
  Objects objects;
  for (size_t place = 0; place < std::min({count, kMostGroups, call.behind.size() / sizeof(uint32_t)}); ++place)
    objects.push_back(group_object(accounts.group(call.value_behind<uint32_t>(place * sizeof(uint32_t)))));
  return objects;
}

struct SetIds {
  std::string_view call;
  bool user;
  size_t count;
};
constexpr std::array<SetIds, 8> kSetIds = {{
    {"setuid", true, 1},
    {"setreuid", true, 2},
    {"setresuid", true, 3},
    {"setfsuid", true, 1},
    {"setgid", false, 1},
    {"setregid", false, 2},
    {"setresgid", false, 3},
    {"setfsgid", false, 1},
}};

Objects ids(const AskedCall& call, const SetIds& sets, Accounts& accounts) {
  Objects objects;
  for (const uint32_t id : ids_in(call, sets.count))
    objects.push_back(sets.user ? user_object(accounts.user(id)) : group_object(accounts.group(id)));
  return objects;
}

// Only where the two limits are 64 bits wide: setrlimit of 32-bit tables has narrower ones.
Objects limits(const AskedCall& call) {
  const bool of_process = call.name == "prlimit64";
  const bool wide = of_process || call.arch == Arch::x86_64 || call.arch == Arch::aarch64;
  if (!wide || call.behind.empty()) return {};
  return {{.kind = ObjectKind::LIMIT,
           .numbers = {call.argument(of_process ? 1 : 0), call.value_behind<uint64_t>(0),
                       call.value_behind<uint64_t>(sizeof(uint64_t))}}};
}

}  // namespace

std::vector<CapabilityObject> objects_of_call(const AskedCall& call, Accounts& accounts, const FindProcess& find) {
  if (const Target* target = find_in(kSignals, call.name)) return signals(call, *target, accounts, find);
  if (const Target* target = find_in(kProcesses, call.name)) return processes(call, *target, accounts, find);
  const auto* sets = std::ranges::find(kSetIds, std::string_view(call.name), &SetIds::call);
  if (sets != kSetIds.end()) return ids(call, *sets, accounts);
  if (call.name == "setgroups") return groups(call, accounts);
  if (call.name == "bind") return ports(call);
  if (call.name == "setrlimit" || call.name == "prlimit64") return limits(call);
  if (call.name == "setpriority") return {{.kind = ObjectKind::PRIORITY, .numbers = {call.argument(2)}}};
  if (call.name == "socket")
    return {
        {.kind = ObjectKind::SOCKET, .numbers = {call.argument(0), call.argument(1) & kTypeMask, call.argument(2)}}};
  return {};
}

}  // namespace profilegen
