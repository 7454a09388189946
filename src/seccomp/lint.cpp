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

void add(Remarks& remarks, const std::string& about, const Rule& rule) {
  remarks[about].insert(rule.names.begin(), rule.names.end());
}

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

}  // namespace

void lint_file(const SeccompFile& file, Remarks& remarks, std::optional<FilterReader> reader) {
  if (file.otherwise.action == SeccompAction::supervised) remarks["runc refuses SCMP_ACT_NOTIFY as the default"];
  for (const Rule& rule : file.rules) {
    if (!reader && (has_condition(rule.includes) || has_condition(rule.excludes)))
      remarks
          ["has conditions that only dockerd and podman read: containerd and a runtime alone take their rules as "
           "unconditional"];
    if (rule.stray_errno) add(remarks, "crun refuses errnoRet beside another action than ERRNO and TRACE", rule);
    if (repeats_an_index(rule)) add(remarks, "compares one argument twice, which runtimes read as \"or\"", rule);
    const bool is_write = std::ranges::find(rule.names, "write") != rule.names.end();
    if (rule.answer.action == SeccompAction::supervised && is_write)
      remarks["runc refuses SCMP_ACT_NOTIFY for write, which it needs to hand over the listener"];
  }
  const auto wide = merged_wide_comparisons(file);
  if (!wide.empty())
    remarks["several 64-bit comparisons of one argument, which libseccomp before 2.6.1 may merge wrongly"].insert(
        wide.begin(), wide.end());
}

}  // namespace profilegen::seccomp
