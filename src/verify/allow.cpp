// SPDX-License-Identifier: Apache-2.0
#include "profilegen/analyze.h"
#include "profilegen/verify.h"

namespace profilegen {
namespace {

// What the analysis makes of the refused changes alone, as if they had been made: holes and rules for files.
Result<Profile> of_changes(const Trace& run, const std::vector<Denial>& denials) {
  Trace wanted;
  wanted.runs = run.runs;
  for (const Denial& denial : denials)
    if (denial.kind == Denial::Kind::change) wanted.files.emplace(denial.change, denial.fact);
  return analyze(wanted, {});
}

}  // namespace

Result<Profile> allow(const Profile& profile, const Trace& run, const std::vector<Denial>& denials) {
  const Result<Profile> changes = of_changes(run, denials);
  if (!changes) return changes.error();
  Profile wider = profile;
  wider.holes = changes->holes;
  wider.files = changes->files;
  wider.read_only_root = changes->read_only_root;
  wider.root_reason = changes->root_reason;
  for (const Denial& denial : denials) {
    if (denial.kind == Denial::Kind::capability) wider.capabilities.insert(denial.capability);
    if (denial.kind == Denial::Kind::syscall) wider.calls[denial.call].insert(NeededBy::app);
  }
  return merge_profiles(profile, wider);
}

}  // namespace profilegen
