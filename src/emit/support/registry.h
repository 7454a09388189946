// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "profilegen/emitter.h"

namespace profilegen {

#define EMITTER(name, file, in_bundle, needs_directory, needs_container, help) \
  Result<std::string> emit_##name(const EmitInput&);
#include "profilegen/emitters.def"
#undef EMITTER

/// A process tree runs in no container, unless it was told which runtime it shall run in.
bool has_container(const Profile& profile);
/// Error for emitters whose output only a container engine can use.
Status require_container(const Profile& profile, const std::string& file);

}  // namespace profilegen
