// SPDX-License-Identifier: Apache-2.0
// The steps of analyze(). Each reads the trace, fills in its part of the profile, and may append lines to `notes` and
// `incomplete` in any order: analyze() sorts them and removes duplicates.
#pragma once

#include "profilegen/analyze.h"

namespace profilegen {

/// Sets architecture, engine, runtime, and whether no-new-privileges can be set.
void add_subjects(const Trace& trace, const AnalyzeOptions& options, Profile& profile);
/// Fails for a runtime without a floor.
Status add_calls(const Trace& trace, const AnalyzeOptions& options, Profile& profile);
/// Runs after add_calls(): an allowed call has no answer.
void add_answers(const Trace& trace, Profile& profile);
/// Runs after add_calls(). Limits clone's new namespaces and, if requested, all recorded arguments.
void add_arguments(const Trace& trace, const AnalyzeOptions& options, Profile& profile);
/// Runs after add_answers() and add_arguments(). Has clone in place of clone3 where the application makes do with it.
void add_clone3(const Trace& trace, Profile& profile);
void add_capabilities(const Trace& trace, Profile& profile);
/// Runs after add_capabilities(). Notes options that undo the policy when they are given beside its flags.
void add_loosened(const Trace& trace, Profile& profile);
void add_network(const Trace& trace, Profile& profile);
void add_ports(const Trace& trace, Profile& profile);
/// Adds the user's own mounts, and which of them were written.
void add_mounts(const Trace& trace, Profile& profile);
/// Runs after add_mounts(): what lies on a user's mount needs no hole.
void add_holes(const Trace& trace, Profile& profile);
/// Runs after add_holes(): in a hole the answer stays yes.
void add_asked(const Trace& trace, Profile& profile);
/// Sets the user it ran as, and the peak of everything that can be limited.
void add_user(const Trace& trace, Profile& profile);
void add_limits(const Trace& trace, Profile& profile);
void add_files(const Trace& trace, Profile& profile);
void add_incomplete(const Trace& trace, Profile& profile);

}  // namespace profilegen
