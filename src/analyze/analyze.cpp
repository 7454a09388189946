// SPDX-License-Identifier: Apache-2.0
#include "profilegen/analyze.h"

#include "profilegen/lines.h"
#include "steps.h"

namespace profilegen {

Result<Profile> analyze(const Trace& trace, const AnalyzeOptions& options) {
  Profile profile;
  add_subjects(trace, options, profile);
  if (Status status = add_calls(trace, options, profile); !status) return status.error();
  add_arguments(trace, options, profile);
  add_answers(trace, profile);
  add_clone3(trace, profile);
  add_capabilities(trace, profile);
  add_loosened(trace, profile);
  add_network(trace, profile);
  add_ports(trace, profile);
  add_mounts(trace, profile);
  add_holes(trace, profile);
  add_asked(trace, profile);
  add_files(trace, profile);
  add_user(trace, profile);
  add_limits(trace, profile);
  add_incomplete(trace, profile);
  sort_lines(profile.incomplete);
  sort_lines(profile.notes);
  return profile;
}

}  // namespace profilegen
