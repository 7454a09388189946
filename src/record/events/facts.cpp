// SPDX-License-Identifier: Apache-2.0
#include "events/facts.h"

#include <algorithm>
#include <cstring>

#include "events/argument_facts.h"
#include "events/call_sites.h"
#include "kernel/call_table.h"
#include "profilegen/arguments.h"
#include "profilegen/process/clock.h"

namespace profilegen {
namespace {

constexpr std::array kPhases{Phase::app, Phase::runtime_run, Phase::runtime_exec};  // indexed by pg_set
static_assert(kPhases.size() == PG_SETS);
constexpr std::array kBehaviours{
#define BEHAVIOUR(id, ...) Behaviour::id,
#include "profilegen/behaviours.def"
#undef BEHAVIOUR
};                                                                                          // indexed by pg_behaviour
constexpr std::array kSocketUses{SocketUse::made, SocketUse::loopback, SocketUse::beyond};  // indexed by pg_socket_use
static_assert(kSocketUses.size() <= PG_SOCKET_USES);

Arch arch_of(uint32_t abi) { return arches_by_abi()[abi < arches_by_abi().size() ? abi : 0]; }

template <typename Map, typename Key>
void add(Map& facts, const Key& key, const typename Map::mapped_type& evidence) {
  const auto [place, is_new] = facts.try_emplace(key, evidence);
  if (!is_new && evidence.first < place->second.first) place->second.first = evidence.first;
}

// Evidence for something whose event was lost: it was seen before now, by an unknown program.
pg_first unknown_first() {
  pg_first first{};
  first.ns = monotonic_ns();
  return first;
}

/// By run and program number.
using Programs = std::map<std::pair<uint32_t, uint32_t>, std::string>;

Programs programs_of(const BpfSession& session) {
  Programs programs;
  for (const auto& [key, number] : session.programs())
    programs[{key.run, number}].assign(key.name, strnlen(key.name, sizeof key.name));
  return programs;
}

void take_marks(LiveRun& live, const pg_run& sets, const Programs& programs) {
  const Evidence unknown = live.evidence(unknown_first());
  for (uint32_t set = 0; set < PG_SETS; ++set)
    for (uint32_t abi = 0; abi < arches_by_abi().size(); ++abi)
      for (uint32_t number = 0; number < PG_CALLS; ++number) {
        const uint8_t mark = sets.calls[set][abi][number];
        if (PG_MARK(mark) == PG_CALL_NEW) continue;
        const SyscallKey call = call_of(set, abi, number);
        add(live.facts.syscalls, call, unknown);
        const auto program = programs.find({live.index, PG_MARK_PROGRAM(mark)});
        if (program != programs.end() && program->first.second != PG_SEVERAL)
          live.facts.syscalls.at(call).only = program->second;
      }
  for (uint32_t family = 0; family < PG_FAMILIES; ++family)
    for (uint32_t type = 0; type < PG_SOCKET_TYPES; ++type)
      for (size_t use = 0; use < kSocketUses.size(); ++use)
        if (sets.sockets[family][type][use] != 0)
          add(live.facts.sockets, SocketKey{family, type, kSocketUses.at(use)}, unknown);
}

CapVerdict verdict_of(uint8_t check, const std::vector<std::string>& functions) {
  switch (check) {
    case PG_CHECK_OWN:
      if (is_of_overlay(functions)) return CapVerdict::overridden;
      return is_unaudited(functions) ? CapVerdict::unaudited : CapVerdict::needed;
    case PG_CHECK_UNAUDITED:
      return CapVerdict::unaudited;
    case PG_CHECK_OVERRIDDEN:
      return CapVerdict::overridden;
    case PG_CHECK_FOREIGN:
      return CapVerdict::foreign;
    case PG_CHECK_KEPT:
      return CapVerdict::kept;
    default:
      return CapVerdict::denied;
  }
}

// `known` caches the names of functions, since most call sites share their outer functions.
std::vector<std::string> functions_of(const pg_site_key& key, const BpfSession& session,
                                      std::map<uint64_t, std::string>& known) {
  std::vector<std::string> functions;
  for (const uint64_t frame : key.frames) {
    if (frame == 0) break;
    const auto [place, is_new] = known.try_emplace(frame);
    if (is_new) place->second = session.function_at(frame);
    if (!place->second.empty() && !is_own_frame(place->second)) functions.push_back(place->second);
  }
  return functions;
}

// Podman gives a user other than root the container's capabilities, as ambient ones. So that user would have more of
// them with another policy.
bool has_given_up(const LiveRun& live, uint8_t check) {
  const bool by_engine = live.info && live.info->subject.engine == "podman" && !is_root(live.info->subject);
  return check == PG_CHECK_GIVEN_UP && !by_engine;
}

void take_objects(const LiveRun& live, uint64_t site, CapabilityFact& fact) {
  const auto objects = live.objects.find(site);
  if (objects == live.objects.end()) return;
  for (const auto& [object, first] : objects->second) add_object(fact.objects, object, first);
  keep_first_objects(fact.objects);
}

// Computed from scratch each time: several call sites can give one fact, whose count is their sum.
void take_capabilities(LiveRuns& runs, const BpfSession& session) {
  std::map<uint64_t, std::string> known;
  for (auto& [index, live] : runs) {
    live->facts.capabilities = live->file_demands;
    live->given_up.clear();
  }
  for (const auto& [key, site] : session.capability_sites()) {
    LiveRun* live = find_run(runs, key.run);
    if (!live) continue;
    const auto functions = functions_of(key, session, known);
    const CapabilityKey fact{key.capability, verdict_of(key.check, functions), arch_of(key.abi), key.number,
                             call_site_text(functions)};
    auto& facts = has_given_up(*live, key.check) ? live->given_up : live->facts.capabilities;
    add(facts, fact, CapabilityFact{live->evidence(site.first), {}});
    CapabilityFact& known_fact = facts.at(fact);
    known_fact.counts[live->run] += site.count;
    if (fact.verdict == CapVerdict::needed || fact.verdict == CapVerdict::denied)
      take_objects(*live, site.id, known_fact);
  }
}

void take_behaviours(LiveRuns& runs, const BpfSession& session) {
  for (const auto& [key, first] : session.behaviours())
    if (LiveRun* live = find_run(runs, key.run); live && key.behaviour < kBehaviours.size())
      add(live->facts.behaviours, BehaviourKey{kBehaviours.at(key.behaviour), arch_of(key.abi), key.number},
          live->evidence(first));
}

// Of each family and type only the lowest are kept.
void keep_lowest(std::map<PortKey, Evidence>& ports) {
  std::pair<uint32_t, uint32_t> kind;
  size_t count = 0;
  for (auto port = ports.begin(); port != ports.end();) {
    const std::pair own{port->first.family, port->first.type};
    count = own == kind ? count + 1 : 1;
    kind = own;
    port = count > kMostPorts ? ports.erase(port) : std::next(port);
  }
}

void take_ports(LiveRuns& runs, const BpfSession& session) {
  for (const auto& [key, page] : session.ports()) {
    LiveRun* live = find_run(runs, key.run);
    if (!live) continue;
    const Evidence unknown = live->evidence(unknown_first());
    for (uint32_t place = 0; place < PG_PORTS; ++place)
      if (page.bound[place] != 0)
        add(live->facts.ports, PortKey{key.family, key.type, uint32_t{key.page} << PG_PORT_BITS | place}, unknown);
  }
  for (auto& [index, live] : runs) keep_lowest(live->facts.ports);
}

// The call was seen to return but not to begin, so its arguments are unknown.
void take_unannounced(LiveRun& live, const SyscallKey& call, const Evidence& evidence) {
  add(live.facts.syscalls, call, evidence);
  if (has_arguments(call)) live.facts.arguments.try_emplace(ArgumentKey{call, {}}, evidence);
}

// A full map holds only some of them: then they are known for no call.
void take_denied_arguments(LiveRuns& runs, const BpfSession& session) {
  const auto denied = session.denied_arguments();
  if (denied.size() >= PG_DENIED_ARGUMENTS) return;
  for (const auto& [key, first] : denied) {
    LiveRun* live = find_run(runs, key.call.run);
    if (!live) continue;
    const DeniedKey call{arch_of(key.call.abi), key.call.number, key.call.errnum};
    const size_t count = recorded_arguments(call.arch, syscall_label(call.arch, call.number)).size();
    live->denied_arguments.push_back(
        {call, ArgumentValues(key.values, key.values + count), live->evidence(first).first});
  }
}

uint64_t skipped(const BpfSession& session, std::string_view fact) {
  uint64_t times = 0;
  for (const HookChoice& choice : session.hooks())
    if (choice.fact == fact && choice.rung) times += session.skipped(*choice.rung);
  return times;
}

bool is_need(CapVerdict verdict) { return verdict == CapVerdict::needed || verdict == CapVerdict::kept; }

std::set<uint32_t> demanded_by_files(const LiveRuns& runs) {
  std::set<uint32_t> demanded;
  for (const auto& [index, live] : runs)
    for (const auto& [key, fact] : live->file_demands)
      if (live->wanted == Wanted::yes && key.verdict == CapVerdict::file) demanded.insert(key.number);
  return demanded;
}

}  // namespace

LiveRun* find_run(LiveRuns& runs, uint32_t index) {
  const auto found = runs.find(index);
  return found == runs.end() ? nullptr : found->second.get();
}

SyscallKey call_of(uint32_t set, uint32_t abi, uint32_t number) { return {kPhases.at(set), arch_of(abi), number}; }

void add_call_event(LiveRun& live, const pg_call_event& event) {
  const Evidence evidence = live.evidence(event.first);
  if (event.type == PG_EVENT_SOCKET)
    add(live.facts.sockets,
        SocketKey{event.number >> 8 & 0xff, event.number & 0xff, kSocketUses.at(event.number >> 16)}, evidence);
  else if (event.type == PG_EVENT_PORT)
    add(live.facts.ports, PortKey{event.number >> 8 & 0xff, event.number & 0xff, event.number >> 16}, evidence);
  else if (event.set < PG_SETS)
    add(live.facts.syscalls, call_of(event.set, event.abi, event.number), evidence);
}

std::set<uint32_t> capabilities_so_far(const LiveRuns& runs, const BpfSession& session,
                                       std::map<uint64_t, std::string>& known) {
  std::set<uint32_t> needed = demanded_by_files(runs);
  for (const auto& [key, site] : session.capability_sites()) {
    const auto live = runs.find(key.run);
    if (live == runs.end() || live->second->wanted != Wanted::yes || needed.contains(key.capability)) continue;
    if (is_need(verdict_of(key.check, functions_of(key, session, known)))) needed.insert(key.capability);
  }
  return needed;
}

void take_sets(LiveRuns& runs, const BpfSession& session) {
  const Programs programs = programs_of(session);
  for (auto& [index, live] : runs) {
    if (const auto sets = session.run(index)) {
      take_marks(*live, *sets, programs);
      std::copy(std::begin(sets->peaks), std::end(sets->peaks), live->peaks.begin());
      live->killed = sets->killed != 0;
    }
  }
  for (const auto& [key, first] : session.odd_calls())
    if (LiveRun* live = find_run(runs, key.run); live && key.set < PG_SETS)
      add(live->facts.syscalls, call_of(key.set, key.abi, key.number), live->evidence(first));
  const bool may_be_skipped = skipped(session, "syscalls") != 0;
  for (const auto& [key, first] : session.denied_calls()) {
    LiveRun* live = find_run(runs, key.run);
    if (!live) continue;
    if (key.errnum != 0)
      add(live->facts.denied, DeniedKey{arch_of(key.abi), key.number, key.errnum}, live->evidence(first));
    else if (may_be_skipped)
      take_unannounced(*live, SyscallKey{Phase::app, arch_of(key.abi), key.number}, live->evidence(first));
  }
  take_denied_arguments(runs, session);
  take_arguments(runs, session);
  take_behaviours(runs, session);
  take_ports(runs, session);
  take_capabilities(runs, session);
}

}  // namespace profilegen
