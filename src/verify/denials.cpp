// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>

#include "profilegen/analyze.h"
#include "profilegen/arguments.h"
#include "profilegen/capabilities.h"
#include "profilegen/capability_demand.h"
#include "profilegen/clone3.h"
#include "profilegen/paths.h"
#include "profilegen/verify.h"

namespace profilegen {
namespace {

bool is_meant(const Profile& profile, const CallKey& call, uint32_t errnum) {
  const auto answer = profile.answers.find(call);
  return answer != profile.answers.end() && answer->second == errnum;
}

// The profile answers clone3 with ENOSYS because the application goes on with clone. Whether it has done so this time
// too: then some clone was made.
bool has_not_fallen_back(const Profile& profile, const Trace& run, const CallKey& call) {
  if (call.name != "clone3" || !profile.calls.contains({call.arch, "clone"})) return false;
  const auto clone = syscall_number(call.arch, "clone");
  return clone && !run.syscalls.contains({Phase::app, call.arch, *clone});
}

CallKey call_of(const CapabilityKey& key) {
  if (key.syscall == kNoSyscall) return {key.arch, ""};
  return {key.arch, syscall_label(key.arch, key.syscall)};
}

using Capabilities = std::map<CapabilityKey, CapabilityFact>;

uint64_t times_asked(const Capabilities& denied, uint32_t number) {
  uint64_t times = 0;
  for (const auto& [key, fact] : denied)
    if (key.number == number && !is_refused_demand(key))
      for (const auto& [run, count] : fact.counts) times += count;
  return times;
}

// For reading or searching the kernel checks DAC_READ_SEARCH first, and DAC_OVERRIDE if that is not granted; for
// writing only DAC_OVERRIDE (generic_permission() in fs/namei.c). One of them is enough: the narrower, unless the wider
// was also asked for without it.
void keep_one_of_dac(Capabilities& denied) {
  const uint32_t narrow = capability_number("DAC_READ_SEARCH").value();
  const uint32_t wide = capability_number("DAC_OVERRIDE").value();
  const uint64_t reads = times_asked(denied, narrow);
  const uint64_t all = times_asked(denied, wide);
  if (reads == 0 || all == 0) return;
  const uint32_t needless = all > reads ? narrow : wide;
  std::erase_if(denied,
                [&](const auto& entry) { return entry.first.number == needless && !is_refused_demand(entry.first); });
}

Denial denied_call(const CallKey& call, uint32_t errnum, const First& first) {
  Denial denial;
  denial.kind = Denial::Kind::syscall;
  denial.call = call;
  denial.errnum = errnum;
  denial.first = first;
  return denial;
}

Denial denied_capability(const std::string& name, const CallKey& call, const First& first) {
  Denial denial;
  denial.kind = Denial::Kind::capability;
  denial.call = call;
  denial.capability = name;
  denial.first = first;
  return denial;
}

std::string first_object(const CapabilityFact& fact) {
  const auto first = std::ranges::min_element(fact.objects, {}, [](const auto& entry) { return entry.second; });
  return first == fact.objects.end() ? "" : object_text(first->first);
}

Denial refused_change(const FileKey& key, const FileFact& fact) {
  Denial denial;
  denial.kind = Denial::Kind::change;
  denial.change = key;
  denial.fact = fact;
  denial.first = fact.first;
  return denial;
}

// Whether one of the rules allows these values. Empty values stand for any arguments, which no rule allows.
bool lets_through(const std::set<ArgumentRule>& rules, const std::vector<CallArgument>& arguments,
                  const ArgumentValues& values) {
  return !values.empty() && std::ranges::any_of(rules, [&](const ArgumentRule& rule) {
    return std::ranges::all_of(rule, [&](const ArgumentComparison& comparison) {
      for (size_t place = 0; place < arguments.size(); ++place)
        if (arguments[place].index == comparison.index) return (values[place] & comparison.mask) == comparison.value;
      return false;
    });
  });
}

const Hole* hole_around(const Profile& profile, const std::string& path) {
  for (const auto& [place, hole] : profile.holes)
    if (path.starts_with(place + "/")) return &hole;
  return nullptr;
}

// When the user's own command made a place read-only or limited its size, the refusal is not the profile's.
bool is_own_refusal(const Profile& profile, const FileKey& key, const FileFact& fact) {
  if (is_out_of_room(key)) {
    const Hole* hole = hole_around(profile, key.path);
    return hole != nullptr && hole->size != 0;
  }
  const auto mount = profile.mounts.find(fact.mount);
  return mount == profile.mounts.end() || !mount->second.read_only;
}

std::string apparmor_text(const AppArmorDenial& record) {
  if (!record.capability.empty()) return "capability " + record.capability;
  if (!record.family.empty()) return fmt::format("{} of a socket {} {}", record.operation, record.family, record.type);
  const std::string mask = record.mask.empty() ? "" : fmt::format(" ({})", record.mask);
  return fmt::format("{}{}{}{}", record.operation, record.name.empty() ? "" : " of ", record.name, mask);
}

std::string demand_text(const Denial& denial) {
  if (denial.demanding.empty()) return "";
  return denial.demanding.starts_with('/') ? fmt::format(" of {}, whose file capabilities demand it", denial.demanding)
                                           : ", which asked for a set with it";
}

}  // namespace

std::vector<Denial> find_denials(const Profile& profile, const Trace& run, const FileRows& refused) {
  std::vector<Denial> denials;
  for (const auto& [key, evidence] : run.denied) {
    const CallKey call{key.arch, syscall_label(key.arch, key.number)};
    if (is_meant(profile, call, key.errnum) && !has_not_fallen_back(profile, run, call)) continue;
    denials.push_back(denied_call(call, key.errnum, evidence.first));
    if (profile.arguments.contains(call)) denials.back().arguments = "with other arguments than were recorded";
  }
  Capabilities denied = denied_capabilities(run);
  keep_one_of_dac(denied);
  for (const auto& [key, fact] : denied) {
    const std::string name = capability_name(key.number);
    if (profile.denied_capabilities.contains(name)) continue;
    denials.push_back(denied_capability(name, call_of(key), fact.first));
    denials.back().object = first_object(fact);
    if (is_refused_demand(key)) denials.back().demanding = key.call_site.empty() ? "a set" : key.call_site;
  }
  refused([&](const FileKey& key, const FileFact& fact) {
    if (is_python_bytecode(key.path)) return;  // Python does without, so no policy allows it
    if (is_own_refusal(profile, key, fact)) denials.push_back(refused_change(key, fact));
  });
  return denials;
}

std::vector<Denial> find_unlisted_calls(const Profile& profile, const Trace& run) {
  std::vector<Denial> unlisted;
  for (const auto& [key, evidence] : run.syscalls) {
    const CallKey call{key.arch, syscall_label(key.arch, key.number)};
    const bool would_fall_back =
        call.name == "clone3" && profile.answers.contains(call) && falls_back_from_clone3(run, call.arch);
    if (key.phase == Phase::app && !profile.calls.contains(call) && !would_fall_back)
      unlisted.push_back(denied_call(call, 0, evidence.first));
  }
  for (const auto& [key, evidence] : run.arguments) {
    const CallKey call{key.call.arch, syscall_label(key.call.arch, key.call.number)};
    const auto rules = profile.arguments.find(call);
    if (key.call.phase == Phase::app && rules != profile.arguments.end() &&
        !lets_through(rules->second, recorded_arguments(call.arch, call.name), key.values)) {
      unlisted.push_back(denied_call(call, 0, evidence.first));
      unlisted.back().arguments = arguments_text(call.arch, key.call.number, key.values);
    }
  }
  return unlisted;
}

namespace {

// The recorded arguments of a call for a person; "" when none are recorded.
std::string recorded_part(const CallKey& call, const std::array<uint64_t, 6>& arguments) {
  const auto number = syscall_number(call.arch, call.name);
  ArgumentValues values;
  for (const CallArgument& argument : recorded_arguments(call.arch, call.name))
    values.push_back(static_cast<uint32_t>(arguments.at(argument.index)) & argument.mask);
  return number && !values.empty() ? arguments_text(call.arch, *number, values) : "";
}

void add_stack(const UserStack& stack, Denial& denial) {
  denial.frames = stack.frames;
  if (denial.kind != Denial::Kind::syscall) return;
  const std::string text = recorded_part(denial.call, stack.arguments);
  if (!text.empty()) denial.arguments = text + (denial.arguments.empty() ? "" : ", " + denial.arguments);
}

}  // namespace

void add_stacks(std::vector<Denial>& denials, const std::vector<UserStack>& stacks) {
  // Nanoseconds. A single call takes less, so a stack that is further away belongs to another denial.
  constexpr uint64_t near = 1'000'000;
  const auto apart = [](const UserStack& stack, const First& first) {
    return stack.ns > first.ns ? stack.ns - first.ns : first.ns - stack.ns;
  };
  for (Denial& denial : denials) {
    const UserStack* nearest = nullptr;
    for (const UserStack& stack : stacks)
      if (stack.tid == denial.first.tid && apart(stack, denial.first) < near &&
          (nearest == nullptr || apart(stack, denial.first) < apart(*nearest, denial.first)))
        nearest = &stack;
    if (nearest != nullptr) add_stack(*nearest, denial);
  }
}

std::vector<Denial> apparmor_denials(const std::vector<AppArmorDenial>& records) {
  std::vector<Denial> denials;
  for (const AppArmorDenial& record : records) {
    Denial denial;
    denial.kind = Denial::Kind::apparmor;
    denial.apparmor = record;
    denial.first.tid = static_cast<uint32_t>(record.pid);
    denial.first.program = record.program;
    denials.push_back(std::move(denial));
  }
  return denials;
}

std::string denial_text(const Denial& denial) {
  const std::string table = denial.call.arch == native_arch() ? "" : fmt::format(" ({})", arch_name(denial.call.arch));
  const std::string who = fmt::format("by {} (thread {})", denial.first.program, denial.first.tid);
  switch (denial.kind) {
    case Denial::Kind::syscall:
      return fmt::format("syscall {}{}{}{}, {}{}", denial.call.name, table, denial.arguments.empty() ? "" : " ",
                         denial.arguments, denial.errnum == 0 ? "" : "answered " + errno_name(denial.errnum) + ", ",
                         who);
    case Denial::Kind::capability:
      return fmt::format("capability {}{}{}{}{}, {}", denial.capability, denial.call.name.empty() ? "" : " for ",
                         denial.call.name, demand_text(denial), denial.object.empty() ? "" : ": " + denial.object, who);
    case Denial::Kind::change:
      return fmt::format("{} of {}, {}, {}", file_op_name(denial.change.op), denial.change.path,
                         is_out_of_room(denial.change) ? "the tmpfs is full" : "read-only file system", who);
    case Denial::Kind::apparmor:
      return fmt::format("AppArmor: {}, {}", apparmor_text(denial.apparmor), who);
  }
  return "";
}

}  // namespace profilegen
