// SPDX-License-Identifier: Apache-2.0
// Turns runs into the traces that the recorder returns.
#pragma once

#include <string>
#include <vector>

#include "containers/runtime_versions.h"
#include "events/facts.h"
#include "profilegen/recorder.h"

namespace profilegen {

std::vector<Recording> tree_recordings(LiveRuns& runs, const BpfSession& session,
                                       const std::vector<std::string>& command);

/// One recording for each wanted container. Several starts of a container are merged.
std::vector<Recording> container_recordings(LiveRuns& runs, const BpfSession& session, EngineVersions& versions);

/// The same for those whose first program was not permitted: see RecordOutcome::unstarted.
std::vector<Recording> unstarted_recordings(LiveRuns& runs, const BpfSession& session, EngineVersions& versions);

}  // namespace profilegen
