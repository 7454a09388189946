// SPDX-License-Identifier: Apache-2.0
#include <linux/audit.h>

#include <algorithm>
#include <array>
#include <map>

#include "argument_comparisons.h"
#include "compile.h"
#include "lint.h"
#include "profilegen/seccomp.h"
#include "seccomp_arches.h"

namespace profilegen {

struct SeccompEffect::Compiled {
  Arch base;
  std::set<Arch> arches;
  BpfMachine machine;
  std::map<std::string, BpfMachine> stand_ins;  ///< by the name of a call that libseccomp does not know
  SeccompAnswer otherwise;
  std::vector<std::string> notes;

  /// The filter that knows the call, and how it sees it; nullopt for a call without a number.
  [[nodiscard]] std::optional<std::pair<const BpfMachine*, seccomp_data>> asked(const CallKey& call) const;
};

namespace {

using seccomp::Comparison;
using seccomp::Rule;
using seccomp::SeccompFile;

constexpr uint32_t kX32Bit = 0x40000000;  // __X32_SYSCALL_BIT

constexpr std::array<uint32_t, 5> kAuditArches = {
#define ARCH(id, name, token, oci, moby, systemd, audit) audit,
#include "profilegen/arches.def"
#undef ARCH
};

seccomp_data data_of(Arch arch, uint32_t number) {
  seccomp_data data{};
  data.arch = kAuditArches.at(static_cast<size_t>(arch));
  data.nr = static_cast<int>(arch == Arch::x32 ? number | kX32Bit : number);
  return data;
}

SeccompFile file_of(const SeccompFilter& filter) {
  SeccompFile file;
  file.otherwise = {SeccompAction::error, kErrnoNoSys};
  for (const SeccompRule& from : filter.rules) {
    Rule rule;
    rule.names = {from.names.begin(), from.names.end()};
    rule.answer =
        from.errnum ? SeccompAnswer{SeccompAction::error, *from.errnum} : SeccompAnswer{SeccompAction::allow, 0};
    for (const auto& [index, mask, value] : from.arguments)
      rule.args.push_back({index, SCMP_CMP_MASKED_EQ, mask, value});
    file.rules.push_back(std::move(rule));
  }
  return file;
}

bool known_anywhere(const std::string& name) {
#define ARCH(id, ...) \
  if (syscall_number(Arch::id, name)) return true;
#include "profilegen/arches.def"
#undef ARCH
  return false;
}

void append(std::string& list, const std::string& text) { list += (list.empty() ? "" : ", ") + text; }

std::string joined(const std::vector<std::string>& names) {
  std::string list;
  for (const std::string& name : names) append(list, name);
  return list;
}

using seccomp::Remarks;

void remark(Remarks& remarks, const std::string& about, const Rule& rule) {
  remarks[about].insert(rule.names.begin(), rule.names.end());
}

std::string without_prefix(const std::string& name) { return name.starts_with("CAP_") ? name.substr(4) : name; }

bool has(const std::set<std::string>& capabilities, const std::string& name) {
  return capabilities.contains(without_prefix(name));
}

/// Whether the rule applies to a container with these capabilities (moby: profiles/seccomp/seccomp_linux.go).
bool counts_with(const Rule& rule, const std::set<std::string>& capabilities, Remarks& remarks) {
  const auto& [included, excluded] = std::tie(rule.includes.caps, rule.excludes.caps);
  if (!std::ranges::all_of(included, [&](const auto& name) { return has(capabilities, name); })) {
    remark(remarks, "only for containers with " + joined(included) + ", so left out", rule);
    return false;
  }
  if (std::ranges::any_of(excluded, [&](const auto& name) { return has(capabilities, name); })) {
    remark(remarks, "not for containers with " + joined(excluded) + ", so left out", rule);
    return false;
  }
  return true;
}

/// Assumes a kernel that is newer than every version named.
bool counts_on_kernel(const Rule& rule, Remarks& remarks) {
  if (!rule.includes.min_kernel.empty())
    remark(remarks, "only from kernel " + rule.includes.min_kernel + " on, and counted", rule);
  if (rule.excludes.min_kernel.empty()) return true;
  remark(remarks, "only before kernel " + rule.excludes.min_kernel + ", so left out", rule);
  return false;
}

std::vector<Rule> rules_that_count(SeccompFile file, Arch base, const std::set<std::string>& capabilities,
                                   Remarks& remarks) {
  std::vector<Rule> rules;
  for (Rule& rule : file.rules) {
    if (!seccomp::rule_is_for(rule, base)) continue;
    if (!counts_with(rule, capabilities, remarks) || !counts_on_kernel(rule, remarks)) continue;
    if (rule.answer.action == SeccompAction::supervised)
      remark(remarks, "only if a supervisor agrees, and counted as let through", rule);
    rules.push_back(std::move(rule));
  }
  return rules;
}

std::vector<std::string> lines_of(const Remarks& remarks) {
  std::vector<std::string> lines;
  for (const auto& [about, names] : remarks)
    lines.push_back(names.empty() ? about : about + ": " + joined({names.begin(), names.end()}));
  return lines;
}

}  // namespace

Result<SeccompEffect> SeccompEffect::of(const Profile& profile) {
  const SeccompFilter filter = seccomp_filter(profile);
  const SeccompFile file = file_of(filter);
  return compiled(file, profile.arch, {filter.architectures.begin(), filter.architectures.end()}, "the profile", {});
}

Result<SeccompEffect> SeccompEffect::of_file(std::string_view text, const std::string& object,
                                             const std::set<std::string>& capabilities,
                                             std::optional<FilterReader> reader) {
  auto file = seccomp::parse_seccomp_file(text, object, reader);
  if (!file) return file.error();
  const seccomp::FileArches arches = seccomp::arches_of(*file);
  Remarks remarks = file->remarks;
  seccomp::lint_file(*file, remarks, reader);
  SeccompFile counting{file->otherwise, {}, {}, rules_that_count(*file, arches.base, capabilities, remarks), {}};
  for (const Rule& rule : counting.rules)
    for (const std::string& name : rule.names)
      if (!known_anywhere(name)) remarks["names that no table has, so left out"].insert(name);
  if (arches.names_native)
    remarks["SCMP_ARCH_NATIVE is refused by runc and crun: leave it out, a runtime always covers its own table"];
  if (!arches.not_told.empty())
    remarks["architectures that are not known here, so not compared"].insert(arches.not_told.begin(),
                                                                             arches.not_told.end());
  return compiled(counting, arches.base, {arches.all.begin(), arches.all.end()}, object, lines_of(remarks));
}

Result<SeccompEffect> SeccompEffect::compiled(const seccomp::SeccompFile& file, Arch base,
                                              const std::vector<Arch>& arches, const std::string& object,
                                              std::vector<std::string> notes) {
  auto machine = seccomp::compile({file, arches, "", object});
  if (!machine) return machine.error();
  Compiled made{base, {arches.begin(), arches.end()}, std::move(*machine), {}, file.otherwise, std::move(notes)};
  for (const Rule& rule : file.rules)
    for (const std::string& name : rule.names) {
      if (libseccomp_names(name) || made.stand_ins.contains(name) || !known_anywhere(name)) continue;
      auto stand_in = seccomp::compile({file, {base}, name, object});
      if (!stand_in) return stand_in.error();
      made.stand_ins.emplace(name, std::move(*stand_in));
    }
  return SeccompEffect(std::make_shared<const Compiled>(std::move(made)));
}

const std::set<Arch>& SeccompEffect::architectures() const { return compiled_->arches; }
Arch SeccompEffect::native() const { return compiled_->base; }
const std::vector<std::string>& SeccompEffect::notes() const { return compiled_->notes; }

std::optional<std::pair<const BpfMachine*, seccomp_data>> SeccompEffect::Compiled::asked(const CallKey& call) const {
  const auto stand_in = stand_ins.find(call.name);
  if (stand_in != stand_ins.end())
    return std::pair(&stand_in->second, data_of(base, *syscall_number(base, seccomp::kStandIn)));
  const auto number = syscall_from_label(call.arch, call.name);
  if (!number) return std::nullopt;
  return std::pair(&machine, data_of(call.arch, *number));
}

SeccompAnswer SeccompEffect::answer(const CallKey& call, const CallArguments& arguments) const {
  if (!compiled_->arches.contains(call.arch)) return {};
  auto asked = compiled_->asked(call);
  if (!asked) return compiled_->otherwise;
  std::copy(arguments.begin(), arguments.end(), asked->second.args);
  return seccomp::answer_of(asked->first->run(asked->second));
}

std::set<WordComparison> SeccompEffect::comparisons(const CallKey& call) const {
  const auto asked = compiled_->asked(call);
  if (!asked) return {};
  return seccomp::argument_comparisons(asked->first->program(), asked->second);
}

std::string answer_text(const SeccompAnswer& answer) {
  switch (answer.action) {
    case SeccompAction::allow:
      return "allowed";
    case SeccompAction::supervised:
      return "allowed if a supervisor agrees";
    case SeccompAction::error:
      return answer.errnum == 0 ? "success, without being done" : errno_name(answer.errnum);
    case SeccompAction::kill:
      break;
  }
  return "a signal";
}

}  // namespace profilegen
