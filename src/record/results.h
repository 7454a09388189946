// SPDX-License-Identifier: Apache-2.0
// From targets to the traces that are handed out.
#pragma once

#include <string>
#include <vector>

#include "facts.h"
#include "profilegen/recorder.h"
#include "runtime_versions.h"

namespace profilegen {

std::vector<Recording> tree_recordings(Targets& targets, const BpfSession& session,
                                       const std::vector<std::string>& command);

/// One for each wanted container; several starts of one container are merged.
std::vector<Recording> container_recordings(Targets& targets, const BpfSession& session, EngineVersions& versions);

}  // namespace profilegen
