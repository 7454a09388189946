// SPDX-License-Identifier: Apache-2.0
// Sources: runc libcontainer/seccomp/patchbpf/enosys_linux.go; dockerd was measured.
#include <fmt/format.h>

#include <algorithm>

#include "checks.h"
#include "measured.h"
#include "rule_names.h"

namespace profilegen::lint {
namespace {

const char* const kUnnamed = "#4095";  // above every number in any table

void add_remarks(const LintRequest& request, Findings& findings) {
  const auto remarks = seccomp_remarks(request.text, request.object);
  if (!remarks) return;
  for (const SeccompRemark& one : *remarks) {
    if (one.refused_by.empty())
      findings.push_back({LintRule::differs, "", {}, one.about, one.calls, ""});
    else if (one.about.find("errnoRet") == std::string::npos)  // check_form() has named each place
      findings.push_back({LintRule::refused, "", all_of(one.refused_by), one.about, one.calls, ""});
  }
}

/// The calls above the highest number that a rule names, as far as the filter's default answers them.
std::set<std::string> calls_above(const RuleNames& rules, const SeccompEffect& effect) {
  uint32_t highest = 0;
  for (const std::string& name : rules.names)
    if (const auto number = syscall_number(effect.native(), name); number && libseccomp_names(name))
      highest = std::max(highest, *number);
  std::set<std::string> above;
  for (const KnownSyscall& call : known_syscalls(effect.native()))
    if (call.number > highest && !rules.names.contains(call.name)) above.insert(call.name);
  return highest == 0 ? std::set<std::string>{} : above;
}

/// runc puts instructions of its own before a filter that refuses by default. The first measured one does so only for
/// architectures that are listed.
void add_answers_to_newer_calls(const RuleNames& rules, const SeccompEffect& effect, Findings& findings) {
  const SeccompAnswer otherwise = effect.answer({effect.native(), kUnnamed}, {});
  if (otherwise.lets_through() || otherwise == SeccompAnswer{SeccompAction::error, kErrnoNoSys}) return;
  const auto above = calls_above(rules, effect);
  if (above.empty()) return;
  std::set<std::string> except;
  if (!rules.lists_architectures) except.insert("runc 1.1.5");
  findings.push_back({LintRule::differs, "", all_of("runc", except),
                      fmt::format("answers ENOSYS to calls newer than all that the filter names, where crun answers {}",
                                  answer_text(otherwise)),
                      above, "name them in rules, with the errno that they shall have"});
}

void add_ignored_default(const RuleNames& rules, const SeccompEffect& effect, Findings& findings) {
  const SeccompAnswer otherwise = effect.answer({effect.native(), kUnnamed}, {});
  if (otherwise.action != SeccompAction::error || otherwise.errnum == kErrnoPerm) return;
  const auto& known = known_syscalls(effect.native());
  if (std::ranges::all_of(known, [&](const KnownSyscall& call) { return rules.names.contains(call.name); })) return;
  findings.push_back({LintRule::remark, "defaultErrnoRet", {}, "Docker 20.10 ignores it and answers EPERM", {}, ""});
}

}  // namespace

void check_readings(const LintRequest& request, const SeccompEffect& effect, Findings& findings) {
  const RuleNames rules = rule_names(request.text);
  add_remarks(request, findings);
  add_answers_to_newer_calls(rules, effect, findings);
  add_ignored_default(rules, effect, findings);
}

}  // namespace profilegen::lint
