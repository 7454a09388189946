// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <map>
#include <set>

#include "arguments.h"
#include "parts.h"
#include "profilegen/companions.h"

namespace profilegen::diff {
namespace {

const char* const kUnnamed = "#4095";  // above every number in any table

class Comparison {
 public:
  Comparison(const Policy& before, const Policy& after, std::vector<Change>& changes)
      : before_(before), after_(after), changes_(changes) {}

  void tables();
  void calls();
  void unnamed();

 private:
  void call(const CallKey& call);
  void arguments(const CallKey& call, const std::vector<CallArguments>& asked, const std::vector<CallArguments>& more,
                 const std::vector<CallArguments>& less);
  void table(Arch arch, const Policy& policy, Direction direction);
  [[nodiscard]] std::string label(const CallKey& call) const;
  [[nodiscard]] std::string needed_by(const CallKey& call) const;

  const Policy& before_;
  const Policy& after_;
  std::vector<Change>& changes_;
};

/// The call's name, with its table unless both filters have the same native table and the call is in it.
std::string Comparison::label(const CallKey& call) const {
  if (call.arch == before_.filter.native() && call.arch == after_.filter.native()) return call.name;
  return std::string(arch_name(call.arch)) + " " + call.name;
}

std::string Comparison::needed_by(const CallKey& call) const {
  if (!after_.profile) return "";
  const auto found = after_.profile->calls.find(call);
  if (found == after_.profile->calls.end() || found->second.empty()) return "";
  if (is_companion(found->second)) return fmt::format("companion: {}", companion_reason(call.name));
  if (found->second.size() > 1) return "needed by the application and the runtime";
  return *found->second.begin() == NeededBy::app ? "needed by the application" : "needed by the runtime";
}

void Comparison::table(Arch arch, const Policy& policy, Direction direction) {
  const auto& known = known_syscalls(arch);
  const auto count = std::ranges::count_if(known, [&](const KnownSyscall& one) {
    return lets_any_through(policy.filter, {arch, one.name});
  });
  changes_.push_back(
      {ChangeKind::architecture, std::string(arch_name(arch)), direction, fmt::format("{} calls of its table", count)});
}

/// A table that only one side has is reported as a whole: a list of all its calls would tell a reader nothing.
void Comparison::tables() {
  for (const Arch arch : after_.filter.architectures())
    if (!before_.filter.architectures().contains(arch)) table(arch, after_, Direction::added);
  for (const Arch arch : before_.filter.architectures())
    if (!after_.filter.architectures().contains(arch)) table(arch, before_, Direction::removed);
}

void Comparison::arguments(const CallKey& call, const std::vector<CallArguments>& asked,
                           const std::vector<CallArguments>& more, const std::vector<CallArguments>& less) {
  const auto lets_all_through = [&](const Policy& policy) {
    return std::ranges::all_of(
        asked, [&](const CallArguments& arguments) { return policy.filter.answer(call, arguments).lets_through(); });
  };
  if (!more.empty())
    changes_.push_back({ChangeKind::arguments, label(call), Direction::added,
                        (lets_all_through(after_) ? "any, " : "") + examples_text(call, more)});
  if (!less.empty())
    changes_.push_back({ChangeKind::arguments, label(call), Direction::removed,
                        (lets_all_through(before_) ? "no longer any, " : "") + examples_text(call, less)});
}

void Comparison::call(const CallKey& call) {
  std::vector<CallArguments> more;
  std::vector<CallArguments> less;
  std::vector<CallArguments> kept;
  std::set<std::pair<std::string, std::string>> answers;
  const auto asked = probes(before_.filter, after_.filter, call);
  if (asked.empty() && before_.filter.comparisons(call) != after_.filter.comparisons(call))
    changes_.push_back(
        {ChangeKind::arguments, label(call), Direction::added, "too many rules to compare what they let through"});
  for (const CallArguments& arguments : asked) {
    const SeccompAnswer was = before_.filter.answer(call, arguments);
    const SeccompAnswer is = after_.filter.answer(call, arguments);
    if (was == is && !is.lets_through()) continue;
    if (!was.lets_through() && is.lets_through()) more.push_back(arguments);
    if (was.lets_through() && !is.lets_through()) less.push_back(arguments);
    if (was.lets_through() && is.lets_through()) kept.push_back(arguments);
    if (was.lets_through() == is.lets_through() && was != is) answers.emplace(answer_text(was), answer_text(is));
  }
  if (!kept.empty() || (!more.empty() && !less.empty())) {
    arguments(call, asked, more, less);
  } else if (!more.empty()) {
    std::string detail = needed_by(call);
    if (more.size() < asked.size())
      detail += (detail.empty() ? "" : ", ") + std::string("for some arguments, ") + examples_text(call, more);
    changes_.push_back({ChangeKind::syscall, label(call), Direction::added, detail});
  } else if (!less.empty()) {
    changes_.push_back({ChangeKind::syscall, label(call), Direction::removed,
                        less.size() < asked.size() ? "was for some arguments, " + examples_text(call, less) : ""});
  }
  for (const auto& [was, is] : answers)
    changes_.push_back(value_change(ChangeKind::answer, label(call), Direction::changed, was, is));
}

void Comparison::calls() {
  for (const Arch arch : before_.filter.architectures()) {
    if (!after_.filter.architectures().contains(arch)) continue;
    for (const KnownSyscall& known : known_syscalls(arch)) call({arch, known.name});
  }
}

/// Compares the defaults, by asking about a call that is newer than all tables.
void Comparison::unnamed() {
  const CallKey some{after_.filter.native(), kUnnamed};
  const CallKey other{before_.filter.native(), kUnnamed};
  const SeccompAnswer was = before_.filter.answer(other, {});
  const SeccompAnswer is = after_.filter.answer(some, {});
  if (was == is) return;
  const Direction direction = was.lets_through() == is.lets_through() ? Direction::changed
                              : is.lets_through()                     ? Direction::added
                                                                      : Direction::removed;
  changes_.push_back(value_change(ChangeKind::default_answer, "calls that are not named", direction, answer_text(was),
                                  answer_text(is)));
}

}  // namespace

void compare_calls(const Policy& before, const Policy& after, std::vector<Change>& changes) {
  Comparison comparison(before, after, changes);
  comparison.tables();
  comparison.calls();
  comparison.unnamed();
}

}  // namespace profilegen::diff
