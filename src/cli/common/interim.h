// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "common/console.h"
#include "profilegen/recorder.h"
#include "profilegen/temporary_directory.h"
#include "profilegen/verify.h"

namespace profilegen::cli {

/// What was denied so far, told while a container runs that may do so for days: each denial once. AppArmor's are told
/// at the end alone.
class InterimDenials {
 public:
  static Result<InterimDenials> create(const Profile& profile, const Console& console);
  /// Has itself told from time to time what was recorded. Must outlive the recording.
  void follow(RecordOptions& request) const;

 private:
  InterimDenials(TemporaryDirectory scratch, const Profile& profile, const Console& console);
  void tell(const RecordOutcome& so_far) const;

  // In a file what was told: `tell` is called in a copy of this process each time, which remembers nothing.
  TemporaryDirectory scratch_;
  const Profile& profile_;
  const Console& console_;
};

}  // namespace profilegen::cli
