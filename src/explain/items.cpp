// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <numeric>

#include "companion_items.h"
#include "profilegen/capabilities.h"
#include "profilegen/capability_demand.h"
#include "profilegen/explain.h"

namespace profilegen {
namespace {

/// The call's name, with its table unless it is the machine's own.
std::string call_name(Arch arch, uint32_t number) {
  const std::string name = syscall_label(arch, number);
  return arch == native_arch() ? name : fmt::format("{} {}", arch_name(arch), name);
}

std::string_view phase_text(Phase phase) {
  switch (phase) {
    case Phase::app:
      return "the application";
    case Phase::runtime_run:
      return "the runtime, starting the container";
    case Phase::runtime_exec:
      break;
  }
  return "the runtime, executing a program in the container";
}

std::string_view verdict_text(CapVerdict verdict) {
  switch (verdict) {
    case CapVerdict::needed:
      return "needed";
    case CapVerdict::unaudited:
      return "only asked whether it is there";
    case CapVerdict::overridden:
      return "granted to the file system's own credentials";
    case CapVerdict::foreign:
      return "granted in a user namespace of its own";
    case CapVerdict::kept:
      return "kept";
    case CapVerdict::file:
      return "demanded";
    case CapVerdict::denied:
      break;
  }
  return "denied";
}

Item of(const SyscallKey& key, const SyscallFact& fact) {
  std::string detail(phase_text(key.phase));
  if (!fact.only.empty()) detail += fmt::format(", by {} alone", fact.only);
  return {ItemKind::syscall, call_name(key.arch, key.number), detail, fact, {}, key.phase == Phase::app};
}

Item of(const ArgumentKey& key, const Evidence& evidence) {
  return {ItemKind::arguments,
          call_name(key.call.arch, key.call.number),
          arguments_text(key.call.arch, key.call.number, key.values),
          evidence,
          {},
          key.call.phase == Phase::app};
}

Item of(const DeniedKey& key, const Evidence& evidence) {
  return {ItemKind::denied,
          call_name(key.arch, key.number),
          fmt::format("answered {} by a filter during the recording", errno_name(key.errnum)),
          evidence,
          {},
          true};
}

// A file that was executed demands it, or a program put it into one of its own sets.
std::string demand_text(const CapabilityKey& key) {
  const std::string call = call_name(key.arch, key.syscall);
  if (key.verdict == CapVerdict::file) return fmt::format("demanded by {}, in {}", key.call_site, call);
  if (key.verdict == CapVerdict::kept)
    return fmt::format("{} by {}", call.ends_with("prctl") ? "raised" : "kept", call);
  if (key.call_site.starts_with('/')) return fmt::format("denied, in {} of {}, which demands it", call, key.call_site);
  return fmt::format("denied, in a set that {} was asked for", call);
}

std::string check_text(const CapabilityKey& key) {
  std::string detail(verdict_text(key.verdict));
  if (key.syscall != kNoSyscall) detail += fmt::format(", in {}", call_name(key.arch, key.syscall));
  if (key.verdict == CapVerdict::needed && is_often_done_without(capability_name(key.number)))
    detail += ", may be droppable: verify --minimize";
  return detail;
}

std::vector<std::string> object_texts(const CapabilityFact& fact) {
  std::vector<std::pair<First, std::string>> seen;
  for (const auto& [object, first] : fact.objects) seen.emplace_back(first, object_text(object));
  std::ranges::sort(seen);
  std::vector<std::string> texts;
  for (const auto& [first, text] : seen)
    texts.push_back(first.program.empty() ? text : fmt::format("{}, by {}", text, first.program));
  return texts;
}

Item of(const CapabilityKey& key, const CapabilityFact& fact) {
  const std::string detail = is_demand(key) ? demand_text(key) : check_text(key);
  const uint64_t count = std::accumulate(fact.counts.begin(), fact.counts.end(), uint64_t{0},
                                         [](uint64_t sum, const auto& of_run) { return sum + of_run.second; });
  Item item{ItemKind::capability, capability_name(key.number), detail, fact, count, true, key.verdict};
  if (!is_demand(key)) item.chain = key.call_site;
  item.objects = object_texts(fact);
  return item;
}

Item of(const FileKey& key, const FileFact& fact) {
  return {ItemKind::file,
          key.path,
          fmt::format("{}{}{}", file_op_name(key.op), fact.directory ? " of a directory" : "",
                      fact.mount.empty() ? "" : ", on the mount " + fact.mount),
          fact,
          {},
          true};
}

std::string_view use_text(SocketUse use) {
  switch (use) {
    case SocketUse::made:
      return "made";
    case SocketUse::loopback:
      return "used with an address of the loopback device";
    case SocketUse::beyond:
      return "used with an address beyond the loopback device";
  }
  return "";
}

std::string socket_name(uint32_t family, uint32_t type) {
  return argument_text(ArgumentKind::FAMILY, family) + " " + argument_text(ArgumentKind::SOCKET_TYPE, type);
}

Item of(const SocketKey& key, const Evidence& evidence) {
  return {ItemKind::socket, socket_name(key.family, key.type), std::string(use_text(key.use)), evidence, {}, true};
}

Item of(const PortKey& key, const Evidence& evidence) {
  return {
      ItemKind::port, fmt::format("{} {}", socket_name(key.family, key.type), key.port), "bound", evidence, {}, true};
}

Item of(const BehaviourKey& key, const Evidence& evidence) {
  std::string detail(behaviour_meaning(key.behaviour));
  detail += key.number == kNoSyscall ? ", before the recording" : ", in " + call_name(key.arch, key.number);
  return {ItemKind::behaviour, std::string(behaviour_name(key.behaviour)), detail, evidence, {}, true};
}

template <typename Map>
void append(const Map& map, std::vector<Item>& items) {
  for (const auto& [key, value] : map) items.push_back(of(key, value));
}

void append(const Trace& trace, ItemKind kind, std::vector<Item>& items) {
  switch (kind) {
    case ItemKind::syscall:
      return append(trace.syscalls, items);
    case ItemKind::arguments:
      return append(trace.arguments, items);
    case ItemKind::denied:
      return append(trace.denied, items);
    case ItemKind::capability:
      return append(trace.capabilities, items);
    case ItemKind::file:
      return append(trace.files, items);
    case ItemKind::socket:
      return append(trace.sockets, items);
    case ItemKind::port:
      return append(trace.ports, items);
    case ItemKind::behaviour:
      return append(trace.behaviours, items);
    case ItemKind::companion:
      return append_companions(trace, items);
  }
}

}  // namespace

std::string_view item_kind_name(ItemKind kind) {
  constexpr std::array<std::string_view, 9> names = {"syscall", "arguments", "denied",    "capability", "file",
                                                     "socket",  "port",      "behaviour", "companion"};
  return names[static_cast<size_t>(kind)];
}

std::vector<Item> items_of(const Trace& trace) {
  std::vector<Item> items;
  for (const ItemKind kind :
       {ItemKind::syscall, ItemKind::arguments, ItemKind::denied, ItemKind::capability, ItemKind::file,
        ItemKind::socket, ItemKind::port, ItemKind::behaviour, ItemKind::companion})
    append(trace, kind, items);
  return items;
}

std::vector<Item> items_of(const Trace& trace, ItemKind kind) {
  std::vector<Item> items;
  append(trace, kind, items);
  return items;
}

}  // namespace profilegen
