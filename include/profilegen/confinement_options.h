// SPDX-License-Identifier: Apache-2.0
// The options of an engine's `run` that decide how a container is confined: in the user's command, and in a bundle's
// flags.
#pragma once

#include <cstdint>
#include <functional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "profilegen/confinement.h"
#include "profilegen/result.h"

namespace profilegen {

/// An option among words: `--name VALUE`, `--name=VALUE`, or `--name` alone.
struct RunOption {
  std::string name;  ///< as it was given: "--cap-add", "-itv"
  std::string value;
  bool has_value = false;
  size_t at = 0;     ///< index of its first word
  size_t words = 1;  ///< the value may be a word of its own
};
/// Go's strconv.ParseBool(), with which the engines' clients read options, as far as it says no. What it does not know
/// the engine refuses.
bool says_no(std::string_view value);
/// Whether an option that needs no value is on.
bool is_switched_on(const RunOption& option);
/// The letters of the options of `run` that have no value.
inline constexpr std::string_view kRunFlagLetters = "diPqt";
/// The options of `run` from the word `at` on. They end at the image: what follows it is the container's own command.
std::vector<RunOption> run_options(const std::vector<std::string>& words, size_t at);

enum class ConfinementKind : uint8_t {
  seccomp,
  apparmor,
  cap_add,
  cap_drop,
  privileged,
  read_only,
  no_new_privileges,
};

struct ConfinementOption {
  ConfinementKind kind = ConfinementKind::seccomp;
  std::string text;             ///< for people, as it was given: "--security-opt seccomp=unconfined"
  std::string value;            ///< seccomp: a file or "unconfined"; apparmor: the profile's name
  bool on = true;               ///< privileged, read_only, no_new_privileges: what it is set to
  std::set<std::string> names;  ///< cap_add, cap_drop: capabilities in capitals, without prefix, or "ALL"
  size_t at = 0;
  size_t words = 1;
};
/// Those that confine, in their order. docker, podman and nerdctl spell them alike.
std::vector<ConfinementOption> confinement_options(const std::vector<std::string>& words, size_t at);

/// Fails for flags that switch off what the rest of the bundle sets. The error does not name the file.
Result<BundleConfinement> confinement_of_flags(const std::vector<std::string>& flags);

/// The user's command without what the bundle's flags replace.
struct CleanedCommand {
  std::vector<std::string> words;
  std::vector<std::string> left_out;  ///< options, as they were given
};
/// Takes out what would win over the bundle's flags, which come first, and says so in `left_out`; also the flags
/// themselves, if the user has put them there, since engines refuse a mount that is asked for twice. Fails for what
/// can't be taken out, because the container would be another one without it. `at` is the first word after `run`.
/// `is_own_filter` tells whether a file is the bundle's filter.
Result<CleanedCommand> without_replaced(const std::vector<std::string>& command, size_t at,
                                        const std::vector<std::string>& flags,
                                        const std::function<bool(const std::string&)>& is_own_filter);

}  // namespace profilegen
