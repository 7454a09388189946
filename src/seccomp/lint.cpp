// SPDX-License-Identifier: Apache-2.0
// Sources: runc libcontainer/seccomp/seccomp_linux.go and specconv; crun src/libcrun/seccomp.c; containerd
// contrib/seccomp; libseccomp's CHANGELOG for 2.6.1.
#include "lint.h"

#include <algorithm>

namespace profilegen::seccomp {
namespace {

bool has_condition(const Condition& condition) {
  return !condition.arches.empty() || !condition.caps.empty() || !condition.min_kernel.empty();
}

bool repeats_an_index(const Rule& rule) {
  std::set<uint32_t> indices;
  return !std::ranges::all_of(rule.args, [&](const Comparison& one) { return indices.insert(one.index).second; });
}

/// A mask within the low half is compared in one step. Everything else takes two, the high half first.
bool is_wide(const Comparison& comparison) {
  constexpr uint64_t low_half = 0xffffffff;
  return comparison.op != SCMP_CMP_MASKED_EQ || comparison.value > low_half;
}

/// Joins remarks of one kind about several rules.
class RemarkList {
 public:
  std::vector<SeccompRemark> list;

  void add(const std::string& about, const std::set<std::string>& calls = {}, const std::string& refused_by = "") {
    auto found = std::ranges::find(list, about, &SeccompRemark::about);
    if (found == list.end()) found = list.insert(list.end(), {refused_by, about, {}});
    found->calls.insert(calls.begin(), calls.end());
  }
};

/// Names of calls with at least two rules that compare all 64 bits of the same argument.
std::set<std::string> merged_wide_comparisons(const SeccompFile& file) {
  std::map<std::pair<std::string, uint32_t>, size_t> rules;
  std::set<std::string> names;
  for (const Rule& rule : file.rules)
    for (const Comparison& comparison : rule.args)
      for (const std::string& name : rule.names)
        if (is_wide(comparison) && ++rules[{name, comparison.index}] > 1) names.insert(name);
  return names;
}

void remark_on(const Rule& rule, std::optional<FilterReader> reader, RemarkList& remarks) {
  const std::set<std::string> names(rule.names.begin(), rule.names.end());
  if (!reader && (has_condition(rule.includes) || has_condition(rule.excludes)))
    remarks.add(
        "has conditions that only dockerd and podman read: containerd and a runtime alone take their rules as "
        "unconditional");
  if (rule.stray_errno) remarks.add("crun refuses errnoRet beside another action than ERRNO and TRACE", names, "crun");
  if (repeats_an_index(rule)) remarks.add("compares one argument twice, which runtimes read as \"or\"", names);
  if (rule.answer.action == SeccompAction::supervised && names.contains("write"))
    remarks.add("runc refuses SCMP_ACT_NOTIFY for write, which it needs to hand over the listener", {}, "runc");
}

/// libseccomp takes the first rule for a call that compares nothing, and none beside it that does. Runtimes leave out
/// rules that answer as the default does.
void remark_on_contradictions(const SeccompFile& file, RemarkList& remarks) {
  std::map<std::string, SeccompAnswer> always;
  std::set<std::string> compared;
  for (const Rule& rule : file.rules) {
    if (rule.answer == file.otherwise || has_condition(rule.includes) || has_condition(rule.excludes)) continue;
    for (const std::string& name : rule.names) {
      if (!rule.args.empty())
        compared.insert(name);
      else if (always.emplace(name, rule.answer).first->second != rule.answer)
        remarks.add("has rules with different answers to the same call, of which the first counts", {name});
    }
  }
  std::erase_if(compared, [&](const std::string& name) { return !always.contains(name); });
  if (!compared.empty())
    remarks.add("has a rule for the call with any arguments, so that rules that compare some have no effect", compared);
}

std::vector<SeccompRemark> remarks_on(const SeccompFile& file, std::optional<FilterReader> reader) {
  RemarkList remarks;
  if (file.otherwise.action == SeccompAction::supervised)
    remarks.add("runc refuses SCMP_ACT_NOTIFY as the default", {}, "runc");
  for (const Rule& rule : file.rules) remark_on(rule, reader, remarks);
  remark_on_contradictions(file, remarks);
  const auto wide = merged_wide_comparisons(file);
  if (!wide.empty())
    remarks.add("several 64-bit comparisons of one argument, which libseccomp before 2.6.1 may merge wrongly", wide);
  return remarks.list;
}

}  // namespace

void lint_file(const SeccompFile& file, Remarks& remarks, std::optional<FilterReader> reader) {
  for (const SeccompRemark& one : remarks_on(file, reader))
    remarks[one.about].insert(one.calls.begin(), one.calls.end());
}

}  // namespace profilegen::seccomp

namespace profilegen {

Result<std::vector<SeccompRemark>> seccomp_remarks(std::string_view text, const std::string& object) {
  const auto file = seccomp::parse_seccomp_file(text, object);
  if (!file) return file.error();
  return seccomp::remarks_on(*file, {});
}

}  // namespace profilegen
