// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <map>

#include "profilegen/seccomp.h"

namespace profilegen {
namespace {

using Names = std::set<std::string>;

// libseccomp takes a call by name, so a call without a known name can't be in a rule.
bool has_name(const CallKey& call) { return !call.name.starts_with('#'); }

// Listing an architecture opens its whole table, so only those that the application used are listed.
std::vector<Arch> used_architectures(const Profile& profile) {
  std::vector<Arch> arches{profile.arch};
  for (const auto& [call, needed_by] : profile.calls) {
    if (std::ranges::find(arches, call.arch) == arches.end()) arches.push_back(call.arch);
  }
  return arches;
}

// The argument rules for each name. Without those names that are allowed with any arguments in one of the listed
// tables.
std::map<std::string, std::set<ArgumentRule>> restricted_names(const Profile& profile) {
  std::map<std::string, std::set<ArgumentRule>> restricted;
  for (const auto& [call, rules] : profile.arguments) restricted[call.name].insert(rules.begin(), rules.end());
  for (const auto& [call, needed_by] : profile.calls)
    if (!profile.arguments.contains(call)) restricted.erase(call.name);
  return restricted;
}

void add_allowing_rules(const Names& allowed, const std::map<std::string, std::set<ArgumentRule>>& restricted,
                        std::vector<SeccompRule>& rules) {
  std::map<ArgumentRule, Names> groups;
  for (const std::string& name : allowed) {
    const auto found = restricted.find(name);
    if (found == restricted.end()) {
      groups[{}].insert(name);
    } else {
      for (const ArgumentRule& rule : found->second) groups[rule].insert(name);
    }
  }
  for (auto& [arguments, names] : groups) rules.push_back({std::nullopt, std::move(names), arguments});
}

// When a call's only rule requires some bits of an argument to be 0, it is answered with EPERM if any of them is set,
// not with the default's ENOSYS: so do kernels, and so does Docker's own filter for a clone with new namespaces. A
// filter can't express "any of these bits", so there is a rule for each.
void add_refusals_of_bits(const std::map<std::string, std::set<ArgumentRule>>& restricted,
                          std::vector<SeccompRule>& rules) {
  for (const auto& [name, alternatives] : restricted) {
    const ArgumentRule& rule = *alternatives.begin();
    if (alternatives.size() > 1 || rule.size() > 1 || rule.front().value != 0 || rule.front().mask == kAllBits)
      continue;
    for (uint32_t bit = 1; bit != 0; bit <<= 1U)
      if ((rule.front().mask & bit) != 0) rules.push_back({kErrnoPerm, {name}, {{rule.front().index, bit, bit}}});
  }
}

Names allowed_names(const Profile& profile) {
  Names names;
  for (const auto& [call, needed_by] : profile.calls) {
    if (has_name(call)) names.insert(call.name);
  }
  return names;
}

// When a name got different answers in two tables, that of the first architecture is used.
std::map<std::string, uint32_t> answered_names(const Profile& profile, const std::vector<Arch>& arches,
                                               const Names& allowed) {
  std::map<std::string, uint32_t> answers;
  for (const Arch arch : arches) {
    for (const auto& [call, errnum] : profile.answers) {
      if (call.arch == arch && has_name(call) && !allowed.contains(call.name)) answers.emplace(call.name, errnum);
    }
  }
  return answers;
}

// Every other call gets a rule, although the default would refuse it too: engines disagree on the default's errno.
std::map<std::string, uint32_t> refused_names(const std::vector<Arch>& arches, const Names& allowed,
                                              const std::map<std::string, uint32_t>& answers) {
  std::map<std::string, uint32_t> refused;
  for (const Arch arch : arches) {
    for (const KnownSyscall& call : known_syscalls(arch)) {
      if (allowed.contains(call.name) || answers.contains(call.name)) continue;
      uint32_t& errnum = refused.emplace(call.name, kErrnoPerm).first->second;
      if (call.newer) errnum = kErrnoNoSys;
    }
  }
  return refused;
}

void add_rules_by_errno(const std::map<std::string, uint32_t>& names, std::vector<SeccompRule>& rules) {
  std::map<uint32_t, Names, std::greater<>> groups;
  for (const auto& [name, errnum] : names) groups[errnum].insert(name);
  for (auto& [errnum, group] : groups) rules.push_back({errnum, std::move(group), {}});
}

}  // namespace

SeccompFilter seccomp_filter(const Profile& profile) {
  SeccompFilter filter{used_architectures(profile), {}};
  const Names allowed = allowed_names(profile);
  const auto answers = answered_names(profile, filter.architectures, allowed);
  const auto refused = refused_names(filter.architectures, allowed, answers);
  const auto restricted = restricted_names(profile);
  add_allowing_rules(allowed, restricted, filter.rules);
  add_refusals_of_bits(restricted, filter.rules);
  add_rules_by_errno(answers, filter.rules);
  add_rules_by_errno(refused, filter.rules);
  return filter;
}

}  // namespace profilegen
