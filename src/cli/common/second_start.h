// SPDX-License-Identifier: Apache-2.0
// verify --restart: the container is started once more, to see whether it finds again what it needs.
#pragma once

#include "common/bundle_run.h"

namespace profilegen::cli {

/// Decides how the first start is looked after. Fails where the container could not be started again.
Status prepare_restart(BundleCommand& request);

struct SecondStart {
  BundleRun run;
  std::vector<LostData> lost;  ///< by the stop before it
};
/// Starts the container of the first run again, and tells what was lost by that. The caller tells the denials.
Result<SecondStart> start_again(const BundleCommand& request, const Profile& profile, const BundleRun& first,
                                const Console& console);

/// The profile that also allows what was denied in the second start, and keeps what was lost.
Result<Profile> allow_second(const Profile& profile, const SecondStart& second);

}  // namespace profilegen::cli
