// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>

#include "profilegen/arguments.h"
#include "profilegen/clone3.h"
#include "profilegen/verify.h"

namespace profilegen {
namespace {

Denial unlisted_call(const CallKey& call, const First& first) {
  Denial denial;
  denial.call = call;
  denial.first = first;
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

// access(2) only asks, so nothing was written.
std::string change_text(const FileKey& change) {
  if (change.op == FileOp::ASK_WRITE) return fmt::format("permission to write {}, which access asked for", change.path);
  if (is_gain(change)) return fmt::format("what the set-id bits or capabilities of {} give", change.path);
  return fmt::format("{} of {}", is_code(change) ? "execution" : file_op_name(change.op), change.path);
}

std::string_view cause_text(const FileKey& change) {
  if (is_gain(change)) return "no-new-privileges";
  if (is_code(change)) return "on a tmpfs without execution (noexec)";
  return is_out_of_room(change) ? "the tmpfs is full" : "read-only file system";
}

}  // namespace

std::vector<Denial> find_unlisted_calls(const Profile& profile, const Trace& run) {
  std::vector<Denial> unlisted;
  for (const auto& [key, evidence] : run.syscalls) {
    const CallKey call{key.arch, syscall_label(key.arch, key.number)};
    const bool would_fall_back =
        call.name == "clone3" && profile.answers.contains(call) && falls_back_from_clone3(run, call.arch);
    if (key.phase == Phase::app && !profile.calls.contains(call) && !would_fall_back)
      unlisted.push_back(unlisted_call(call, evidence.first));
  }
  for (const auto& [key, evidence] : run.arguments) {
    const CallKey call{key.call.arch, syscall_label(key.call.arch, key.call.number)};
    const auto rules = profile.arguments.find(call);
    if (key.call.phase == Phase::app && rules != profile.arguments.end() &&
        !lets_through(rules->second, recorded_arguments(call.arch, call.name), key.values)) {
      unlisted.push_back(unlisted_call(call, evidence.first));
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
  const std::string text = denial.exact ? "" : recorded_part(denial.call, stack.arguments);
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
      return fmt::format("{}, {}, {}", change_text(denial.change), cause_text(denial.change), who);
    case Denial::Kind::apparmor:
      return fmt::format("AppArmor: {}, {}", apparmor_text(denial.apparmor), who);
  }
  return "";
}

}  // namespace profilegen
