// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "profilegen/diff.h"
#include "profilegen/profile.h"
#include "profilegen/result.h"

namespace profilegen::cli {

/// Whether there is something of that name, be it a file or not.
bool is_in_bundle(const std::string& directory, const std::string& name);

/// Reads a file of a bundle that somebody else may have written. It must be a regular file and no link: what a link
/// points to would be read with our rights, and be told in messages.
Result<std::string> read_bundle_file(const std::string& directory, const std::string& name);

/// Fails where that file can't be one of a bundle.
Status check_bundle_file(const std::string& directory, const std::string& name);

/// The words of a file of flags. Fails for each word that emit does not write, and names it.
Result<std::vector<std::string>> read_flags(const std::string& directory, const std::string& name);

/// What the flags in the bundle say beside its profile.
Result<BundleFlagWords> flags_beside(const std::string& directory, const Profile& profile);

/// Fails unless the bundle's AppArmor profile is one that emit writes, with that name.
Status check_apparmor(const std::string& directory, const std::string& name);

}  // namespace profilegen::cli
