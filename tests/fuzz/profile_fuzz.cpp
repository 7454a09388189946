// SPDX-License-Identifier: Apache-2.0
#include "artifacts.h"
#include "fuzz.h"
#include "profilegen/diff.h"

using namespace profilegen;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const auto profile = parse_profile(text_of(data, size), "f");
  if (!profile) {
    demand(profile.error().line().find('\n') == std::string::npos, "an error is one line");
    return 0;
  }
  const auto again = parse_profile(format_profile(*profile), "f");
  demand(again && *again == *profile, "what is written is read again");
  // A profile that was edited by hand may contain redundant entries, which merging removes.
  const Profile merged = merge_profiles(*profile, *profile);
  demand(merge_profiles(merged, *profile) == merged, "merging is idempotent");
  check_artifacts(*profile);
  const auto policy = policy_of(*profile, "f");
  demand(!policy || compare(*policy, *policy).empty(), "nothing differs from itself");
  return 0;
}
