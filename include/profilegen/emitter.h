// SPDX-License-Identifier: Apache-2.0
// profile → one format each. An emitter is a name, a help line and a pure function from profile to text.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "profilegen/profile.h"
#include "profilegen/result.h"

namespace profilegen {

struct EmitInput {
  const Profile& profile;
  std::string directory;     ///< as the user gave it with -o; artifacts point to each other through it
  std::string name = "app";  ///< of the service, pod or container, where a format has one
};

struct Emitter {
  std::string_view name;  ///< what --format takes; '_' of the .def line is shown as '-'
  std::string_view file;  ///< its file in the bundle, or what is a good name for it
  bool in_bundle;         ///< else only with --format
  bool needs_directory;
  bool needs_container;  ///< makes no sense for a process tree without a runtime; the bundle then leaves it out
  std::string_view help;
  Result<std::string> (*emit)(const EmitInput&);
};

/// All emitters, in the order of emitters.def.
std::span<const Emitter> emitters();
const Emitter* find_emitter(std::string_view name);

/// Every artifact of the bundle as text, none of them written: {file name, text}. The first error wins. Artifacts that
/// need a container are left out when the profile has none.
Result<std::vector<std::pair<std::string, std::string>>> emit_bundle(const EmitInput& input);

/// What engines with this machine's libseccomp would not enforce as it is meant, one line each.
std::vector<std::string> lint(const Profile& profile);

/// AppArmor profile name, derived from nothing that changes between runs: "profilegen-<8 hex digits of the profile>".
std::string apparmor_profile_name(const Profile& profile);

}  // namespace profilegen
