// SPDX-License-Identifier: Apache-2.0
#include "companion_items.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>

#include "profilegen/companions.h"

namespace profilegen {
namespace {

using Companions = std::map<CallKey, Evidence>;

void add(std::string_view trigger, Arch arch, const Evidence& evidence, Companions& companions) {
  for (const std::string& name : companions_of(trigger, arch)) {
    const auto [place, is_new] = companions.try_emplace({arch, name}, evidence);
    if (is_new) continue;
    place->second.first = std::min(place->second.first, evidence.first);
    place->second.runs.insert(evidence.runs);
  }
}

bool was_made(const Trace& trace, const CallKey& call) {
  const auto number = syscall_from_label(call.arch, call.name);
  return number &&
         std::ranges::any_of(std::array{Phase::app, Phase::runtime_run, Phase::runtime_exec}, [&](Phase phase) {
           return trace.syscalls.contains({phase, call.arch, *number});
         });
}

}  // namespace

void append_companions(const Trace& trace, std::vector<Item>& items) {
  Companions companions;
  for (const auto& [key, fact] : trace.syscalls)
    if (key.phase == Phase::app) add(kAlways, key.arch, fact, companions);
  for (const auto& [key, evidence] : trace.behaviours)
    add(behaviour_name(key.behaviour), key.arch, evidence, companions);
  for (const auto& [call, evidence] : companions) {
    if (was_made(trace, call)) continue;
    const std::string table = call.arch == native_arch() ? "" : std::string(arch_name(call.arch)) + " ";
    items.push_back({ItemKind::companion,
                     table + call.name,
                     fmt::format("not made, but allowed: {}", companion_reason(call.name)),
                     evidence,
                     {},
                     true});
  }
}

}  // namespace profilegen
