// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "profilegen/emitter.h"

namespace profilegen {

#define EMITTER(name, file, in_bundle, needs_directory, needs_container, help) \
  Result<std::string> emit_##name(const EmitInput&);
#include "profilegen/emitters.def"
#undef EMITTER

/// Whether the profile is for a container: also a process tree's, once --runtime has said under which runtime it will
/// run.
bool has_container(const Profile& profile);
/// Fails for emitters whose output only a container engine can use.
Status require_container(const Profile& profile, const std::string& file);

}  // namespace profilegen
