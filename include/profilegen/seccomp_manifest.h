// SPDX-License-Identifier: Apache-2.0
// Finds the seccomp filters in manifests of Kubernetes: the SeccompProfiles of the Security Profiles Operator.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "profilegen/result.h"

namespace profilegen {

struct NamedFilter {
  std::string name;    ///< of the SeccompProfile; empty for a plain filter
  std::string filter;  ///< JSON for SeccompEffect::of_file()
};

/// All SeccompProfiles of a manifest: YAML with one or several documents, or JSON as kubectl prints it; lists are
/// opened. An Error when there are resources but none of these, and when text that has resources is no YAML. Empty when
/// the text is no manifest.
Result<std::vector<NamedFilter>> filters_in_manifest(std::string_view text, const std::string& object);

/// Joins a filter with its base profile, and with that one's base, as far as they are among the given ones. A base that
/// is not is left named in the filter ("baseProfileName").
std::string joined_with_bases(const std::string& filter, const std::vector<NamedFilter>& given);

/// The one filter that a manifest is about, joined with those that it names as its bases. An Error that counts them
/// when several are left.
Result<std::string> only_filter(const std::vector<NamedFilter>& filters, const std::string& object);

}  // namespace profilegen
