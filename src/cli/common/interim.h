// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>

#include "common/console.h"
#include "profilegen/recorder.h"
#include "profilegen/temporary_directory.h"
#include "profilegen/verify.h"

namespace profilegen::cli {

/// Tells denials while the container still runs, which it may do for days; each denial once. Denials by AppArmor are
/// told only at the end.
class InterimDenials {
 public:
  /// Whether the policy is in force, as far as was recorded.
  using InForce = std::function<Status(const Recording&)>;
  /// `filter` is the one that the container should have. If the policy is not in force, that is said at once, too.
  static Result<InterimDenials> create(const Profile& profile, const SeccompEffect& filter, bool calls_only,
                                       const Console& console, InForce in_force);
  /// Makes the recorder call this object from time to time with what was recorded. Must outlive the recording.
  void follow(RecordOptions& request) const;
  /// The denial that was told last; "" if there was none.
  [[nodiscard]] std::string last() const;

 private:
  InterimDenials(TemporaryDirectory scratch, const Profile& profile, SeccompEffect filter, bool calls_only,
                 const Console& console, InForce in_force);
  void tell(const RecordOutcome& so_far) const;

  // Holds the list of what was told as a file: `tell` runs in a copy of this process each time, whose memory is lost.
  TemporaryDirectory scratch_;
  const Profile& profile_;
  SeccompEffect filter_;
  bool calls_only_;
  const Console& console_;
  InForce in_force_;
};

}  // namespace profilegen::cli
