// SPDX-License-Identifier: Apache-2.0
// How a container is confined: as a bundle's flags say, and as it was found.
#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace profilegen {

/// What a bundle's flags say about the container's confinement.
struct BundleConfinement {
  bool seccomp = false;                               ///< they name a filter
  std::optional<std::set<std::string>> capabilities;  ///< names without prefix; only if they drop all others
  bool read_only = false;
  bool no_new_privileges = false;
  std::string apparmor;  ///< name of the profile; empty: they do not say
};

/// How the container's first program was confined when it was executed. It had made no call yet, so all this was set
/// up for it; what a program gives up later, and filters that it adds, do not show here.
struct Confinement {
  uint32_t filters = 0;    ///< seccomp filters, without those that the engine itself runs under
  uint64_t bounding = 0;   ///< the most capabilities that any program in the container can have
  uint64_t permitted = 0;  ///< those that it had
  bool no_new_privileges = false;
  bool read_only_root = false;  ///< the mount that was its root directory
  std::string apparmor;         ///< name of its profile; empty: not known
  std::string filter;           ///< the filter that the engine handed to the runtime, as JSON; empty: not known
};

/// What of the bundle's confinement was not in force, one clause each. More filters are no difference: a call must pass
/// all of them. Neither is no-new-privileges that the bundle does not set.
std::vector<std::string> differences(const BundleConfinement& bundle, const Confinement& found);

/// One clause for a filter in force that lets more calls through than the bundle's; empty if it does not, or if one of
/// the two can't be read. `found` says which filter that is, and the capabilities by which conditions are judged.
std::string filter_difference(const std::string& bundle_filter, const Confinement& found);

}  // namespace profilegen
