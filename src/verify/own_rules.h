// SPDX-License-Identifier: Apache-2.0
// Whether the rules of a policy refuse something, or somebody else must have.
#pragma once

#include <string>
#include <vector>

#include "profilegen/profile.h"
#include "profilegen/refusals.h"
#include "profilegen/seccomp.h"
#include "profilegen/trace.h"

namespace profilegen {

/// A policy while a container ran under it.
struct InForce {
  const Profile& profile;
  const SeccompEffect& filter;
  const Trace& run;
};

/// Whether the filter refused a call.
struct FilterVerdict {
  bool refuses = true;                    ///< or may have, if it looks at arguments that are not known
  const DeniedArguments* with = nullptr;  ///< the first ones that it refuses, if they are known
};
FilterVerdict judge_call(const InForce& policy, const DeniedKey& key, const std::vector<DeniedArguments>& arguments);

/// Whether the container has the capability, or one that the kernel takes in its place.
bool grants(const Profile& profile, const std::string& capability);

/// Whether it is the policy's making that the change, the code or the gain was refused.
bool is_own_refusal(const InForce& policy, const FileKey& key, const FileFact& fact);

}  // namespace profilegen
