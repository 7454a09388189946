// SPDX-License-Identifier: Apache-2.0
// Turns a profile into one output format. An emitter is a name, a help line and a pure function from profile to text.
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
  std::string directory;     ///< as given with -o: the path under which artifacts refer to each other
  std::string name = "app";  ///< name of the service, pod or container, in formats that have one
};

struct Emitter {
  std::string_view name;  ///< value of --format; '_' of the .def line is shown as '-'
  std::string_view file;  ///< its file name in the bundle, or a suggestion
  bool in_bundle;         ///< false: only with --format
  bool needs_directory;
  bool needs_container;  ///< useless for a process tree, which has no runtime: the bundle leaves it out then
  std::string_view help;
  Result<std::string> (*emit)(const EmitInput&);
};

/// All emitters, in the order of emitters.def.
std::span<const Emitter> emitters();
const Emitter* find_emitter(std::string_view name);

/// All artifacts of the bundle as {file name, text}; nothing is written to disk. Returns the first Error. Artifacts
/// that need a container are left out when the profile is of a process tree.
Result<std::vector<std::pair<std::string, std::string>>> emit_bundle(const EmitInput& input);

/// What engines with this machine's libseccomp would not enforce as intended, one line each.
std::vector<std::string> lint(const Profile& profile);

/// One line for each hole of which nothing proves whether it must outlive a stop, with the flags for both.
std::vector<std::string> uncertain_holes(const Profile& profile);

/// AppArmor profile name "profilegen-<8 hex digits>". The digits are a hash of the profile, so equal profiles have
/// equal names.
std::string apparmor_profile_name(const Profile& profile);

}  // namespace profilegen
