// SPDX-License-Identifier: Apache-2.0
// The steps of analyze(). Each reads the trace, adds its part of the profile, and may push lines to `notes` and
// `incomplete` in any order: analyze() sorts them and drops duplicates.
#pragma once

#include "profilegen/analyze.h"

namespace profilegen {

/// Architecture, engine, runtime, and whether no-new-privileges can be set.
void add_subjects(const Trace& trace, const AnalyzeOptions& options, Profile& profile);
/// Fails for a runtime without a floor.
Status add_calls(const Trace& trace, const AnalyzeOptions& options, Profile& profile);
/// Needs the calls: a call that is let through has no answer.
void add_answers(const Trace& trace, Profile& profile);
/// Needs the calls: new namespaces of clone, and where that is asked for all arguments that are recorded.
void add_arguments(const Trace& trace, const AnalyzeOptions& options, Profile& profile);
void add_capabilities(const Trace& trace, Profile& profile);
void add_network(const Trace& trace, Profile& profile);
/// The user's own mounts, and which of them were written.
void add_mounts(const Trace& trace, Profile& profile);
/// Needs the mounts: what lies on one of them needs no hole.
void add_holes(const Trace& trace, Profile& profile);
/// Who it ran as, and the most of everything that a limit can be set on.
void add_user(const Trace& trace, Profile& profile);
void add_limits(const Trace& trace, Profile& profile);
void add_files(const Trace& trace, Profile& profile);
void add_incomplete(const Trace& trace, Profile& profile);

}  // namespace profilegen
