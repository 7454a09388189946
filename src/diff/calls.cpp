// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cerrno>
#include <set>

#include "parts.h"

namespace profilegen::diff {

namespace {

/// Only the native table of both goes without saying.
std::string label(const CallKey& call, const Profile& before, const Profile& after) {
  if (call.arch == before.arch && call.arch == after.arch) return call.name;
  return std::string(arch_name(call.arch)) + " " + call.name;
}

std::string needed_by(const std::set<NeededBy>& who) {
  if (who.empty()) return "";
  if (who.size() > 1) return "needed by the application and the runtime";
  return *who.begin() == NeededBy::app ? "needed by the application" : "needed by the runtime";
}

/// What a denied call answers when nothing is said about it: the emitters promise ENOSYS for newer and unknown calls,
/// which libcs fall back on, and EPERM for the others.
uint32_t usual_answer(const CallKey& call) {
  const auto& known = known_syscalls(call.arch);
  const auto found = std::lower_bound(known.begin(), known.end(), call.name,
                                      [](const KnownSyscall& row, const std::string& name) { return row.name < name; });
  const bool older = found != known.end() && found->name == call.name && !found->newer;
  return older ? EPERM : ENOSYS;
}

uint32_t answer(const Profile& profile, const CallKey& call) {
  const auto found = profile.answers.find(call);
  return found != profile.answers.end() ? found->second : usual_answer(call);
}

}  // namespace

void compare_calls(const Profile& before, const Profile& after, std::vector<Change>& changes) {
  for (const auto& [call, who] : after.calls) {
    if (before.calls.contains(call)) continue;
    changes.push_back({"syscall", label(call, before, after), Direction::added, needed_by(who)});
  }
  for (const auto& [call, who] : before.calls) {
    if (after.calls.contains(call)) continue;
    changes.push_back({"syscall", label(call, before, after), Direction::removed, ""});
  }
}

// Of calls that both let through: the others are told as calls.
void compare_arguments(const Profile& before, const Profile& after, std::vector<Change>& changes) {
  for (const auto& [call, who] : after.calls) {
    if (!before.calls.contains(call)) continue;
    const std::string name = label(call, before, after);
    const auto old_rules = before.arguments.find(call);
    const auto new_rules = after.arguments.find(call);
    if (old_rules == before.arguments.end() && new_rules == after.arguments.end()) continue;
    if (new_rules == after.arguments.end()) {
      changes.push_back({"arguments", name, Direction::added, "any"});
    } else if (old_rules == before.arguments.end()) {
      changes.push_back({"arguments", name, Direction::removed, "no longer any"});
    } else {
      for (const ArgumentRule& rule : new_rules->second)
        if (!old_rules->second.contains(rule))
          changes.push_back({"arguments", name, Direction::added, argument_rule_text(rule)});
      for (const ArgumentRule& rule : old_rules->second)
        if (!new_rules->second.contains(rule))
          changes.push_back({"arguments", name, Direction::removed, argument_rule_text(rule)});
    }
  }
}

void compare_answers(const Profile& before, const Profile& after, std::vector<Change>& changes) {
  std::set<CallKey> answered;
  for (const auto* profile : {&before, &after}) {
    for (const auto& [call, errnum] : profile->answers) answered.insert(call);
  }
  for (const auto& call : answered) {
    if (before.calls.contains(call) || after.calls.contains(call)) continue;  // told as a call that came or went
    const uint32_t old_errno = answer(before, call);
    const uint32_t new_errno = answer(after, call);
    if (old_errno == new_errno) continue;
    changes.push_back({"answer", label(call, before, after), Direction::changed,
                       errno_name(old_errno) + " -> " + errno_name(new_errno)});
  }
}

}  // namespace profilegen::diff
