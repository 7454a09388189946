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

/// Whether the profile is for a container: also a process tree's, once --runtime has said under which runtime it will
/// run.
bool has_container(const Profile& profile);

/// Whether who uses this one artifact may run the container without no-new-privileges, although the profile sets it: a
/// filter is a file that says nothing about the option, and Kubernetes takes no pod that has SYS_ADMIN and the option.
/// The container runtime then calls more, so the artifact must be made from with_new_privileges() of the profile.
bool is_used_without_option(const Emitter& emitter, const Profile& profile);

/// What engines with this machine's libseccomp would not enforce as intended, one line each.
std::vector<std::string> lint(const Profile& profile);

/// What the artifact has beside the profile, because its engine's network has other rules than Docker's, or what the
/// user must add for that. One line each; empty for formats of Docker's.
std::vector<std::string> network_notes(std::string_view format, const Profile& profile);

/// One line for each hole of which nothing proves whether it must outlive a stop, with the flags for both.
std::vector<std::string> uncertain_holes(const Profile& profile);

/// AppArmor profile name "profilegen-<8 hex digits>". The digits are a hash of the profile, so equal profiles have
/// equal names.
std::string apparmor_profile_name(const Profile& profile);

}  // namespace profilegen
