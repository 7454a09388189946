// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "profilegen/emitter.h"

namespace profilegen {

#define EMITTER(name, file, in_bundle, needs_directory, needs_container, help) \
  Result<std::string> emit_##name(const EmitInput&);
#include "profilegen/emitters.def"
#undef EMITTER

/// Fails for emitters whose output only a container engine can use.
Status require_container(const Profile& profile, const std::string& file);

}  // namespace profilegen
