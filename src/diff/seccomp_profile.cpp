// SPDX-License-Identifier: Apache-2.0
// A seccomp file as the profile that it amounts to.
#include <algorithm>
#include <map>
#include <optional>
#include <set>

#include "profilegen/diff.h"
#include "seccomp_arches.h"
#include "seccomp_file.h"

namespace profilegen {

namespace {

using diff::Action;
using diff::Deed;
using diff::Rule;
using diff::SeccompFile;

/// What the rules of a file say about one name.
struct Verdict {
  bool always_allowed = false;
  bool always_denied = false;
  std::set<std::string> allowed_when;
  std::set<std::string> denied_when;
  std::optional<Deed> denial;  ///< of the first rule that denies
};
using Verdicts = std::map<std::string, Verdict>;

bool denies(const Deed& deed) { return deed.action == Action::error || deed.action == Action::kill; }

void append(std::string& list, const std::string& separator, const std::string& text) {
  list += (list.empty() ? "" : separator) + text;
}

std::string all_of(const std::vector<std::string>& names) {
  std::string text;
  for (const auto& name : names) append(text, " and ", name);
  return text;
}

/// In words, what must hold for the rule to act; empty when it always does.
std::string condition_of(const Rule& rule) {
  std::string text;
  if (rule.has_args) append(text, ", ", "for some arguments");
  if (!rule.includes.caps.empty()) append(text, ", ", "with " + all_of(rule.includes.caps));
  if (!rule.excludes.caps.empty()) append(text, ", ", "without " + all_of(rule.excludes.caps));
  if (!rule.includes.min_kernel.empty()) append(text, ", ", "from kernel " + rule.includes.min_kernel + " on");
  if (!rule.excludes.min_kernel.empty()) append(text, ", ", "before kernel " + rule.excludes.min_kernel);
  if (rule.deed.action == Action::supervised) append(text, ", ", "if a supervisor agrees");
  return text;
}

void add_rule(Verdict& verdict, const Rule& rule) {
  const std::string condition = condition_of(rule);
  const bool denial = denies(rule.deed);
  if (denial && !verdict.denial) verdict.denial = rule.deed;
  if (condition.empty()) {
    (denial ? verdict.always_denied : verdict.always_allowed) = true;
  } else {
    (denial ? verdict.denied_when : verdict.allowed_when).insert(condition);
  }
}

Verdicts collect(const SeccompFile& file, Arch base) {
  Verdicts verdicts;
  for (const auto& rule : file.rules) {
    if (!diff::rule_is_for(rule, base)) continue;
    for (const auto& name : rule.names) add_rule(verdicts[name], rule);
  }
  return verdicts;
}

/// Runtimes skip a rule that does what the default does, so beside a default that allows only denials count.
bool allows(const SeccompFile& file, const Verdict& verdict) {
  if (!denies(file.otherwise)) return !verdict.always_denied;
  return verdict.always_allowed || !verdict.allowed_when.empty();
}

void add_arch(Profile& profile, Arch arch, const SeccompFile& file, const Verdicts& verdicts) {
  static const Verdict kUnnamed;
  for (const auto& known : known_syscalls(arch)) {
    const auto found = verdicts.find(known.name);
    const Verdict& verdict = found == verdicts.end() ? kUnnamed : found->second;
    const CallKey call{arch, known.name};
    if (allows(file, verdict)) {
      profile.calls[call];
      continue;
    }
    const Deed deed = verdict.denial.value_or(file.otherwise);
    if (deed.action == Action::error) profile.answers[call] = deed.errnum;
  }
}

using NamesByCondition = std::map<std::string, std::string>;

void note_conditions(Profile& profile, const std::string& intro, const NamesByCondition& conditions) {
  for (const auto& [condition, names] : conditions) {
    profile.notes.push_back(intro + " " + condition + ", and counted as allowed: " + names);
  }
}

void add_conditions(Profile& profile, const SeccompFile& file, const Verdicts& verdicts) {
  NamesByCondition allowed;
  NamesByCondition denied;
  const bool strict = denies(file.otherwise);
  for (const auto& [name, verdict] : verdicts) {
    if (strict && !verdict.always_allowed) {
      for (const auto& condition : verdict.allowed_when) append(allowed[condition], ", ", name);
    }
    if (!strict && !verdict.always_denied) {
      for (const auto& condition : verdict.denied_when) append(denied[condition], ", ", name);
    }
  }
  note_conditions(profile, "allowed only", allowed);
  note_conditions(profile, "denied only", denied);
}

bool known_anywhere(const std::string& name) {
#define ARCH(id, text, token, oci) \
  if (syscall_number(Arch::id, name)) return true;
#include "profilegen/arches.def"
#undef ARCH
  return false;
}

void add_unknown(Profile& profile, const diff::FileArches& arches, const Verdicts& verdicts) {
  std::string names;
  for (const auto& [name, verdict] : verdicts) {
    if (!known_anywhere(name)) append(names, ", ", name);
  }
  if (!names.empty()) profile.notes.push_back("calls that are not known here, so not compared: " + names);
  std::string tables;
  for (const auto& name : arches.not_told) append(tables, ", ", name);
  if (!tables.empty()) profile.notes.push_back("architectures that are not known here, so not compared: " + tables);
}

void add_other_answers(Profile& profile, const SeccompFile& file, const Verdicts& verdicts) {
  std::string names;
  for (const auto& [name, verdict] : verdicts) {
    const bool killed = verdict.denial && verdict.denial->action == Action::kill;
    if (killed && !allows(file, verdict)) append(names, ", ", name);
  }
  if (!names.empty()) profile.notes.push_back("calls that are answered with a signal, not an errno: " + names);
  if (file.otherwise.action == Action::kill) {
    profile.notes.push_back("calls that are not listed are answered with a signal, not an errno");
  }
  if (file.otherwise.action == Action::supervised) {
    profile.notes.push_back(
        "calls that are not listed are allowed only if a supervisor agrees, and counted as allowed");
  }
}

}  // namespace

Result<Profile> profile_from_seccomp(std::string_view text, const std::string& object) {
  const auto file = diff::parse_seccomp_file(text, object);
  if (!file) return file.error();
  const diff::FileArches arches = diff::arches_of(file.value());
  const Verdicts verdicts = collect(file.value(), arches.base);
  Profile profile;
  profile.arch = arches.base;
  for (const auto arch : arches.all) add_arch(profile, arch, file.value(), verdicts);
  add_conditions(profile, file.value(), verdicts);
  add_unknown(profile, arches, verdicts);
  add_other_answers(profile, file.value(), verdicts);
  std::sort(profile.notes.begin(), profile.notes.end());
  return profile;
}

}  // namespace profilegen
