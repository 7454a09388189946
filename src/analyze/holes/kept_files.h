// SPDX-License-Identifier: Apache-2.0
// Which files of a hole a stop of the container must not lose.
#pragma once

#include <map>
#include <string>

#include "holes/written.h"

namespace profilegen {

/// What a hole's files are, each by the first path of its kind; empty when there is none.
struct KeptFiles {
  std::string kept;     ///< written, and there at the end of a run, at a place that is not lost by its nature
  std::string removed;  ///< the same, but the run itself removed it before it ended
  std::string reread;   ///< read again by a later start than the one that wrote it
  std::string shipped;  ///< the image's own file, and it was read
};

/// `inside`: the writes in the hole.
KeptFiles look_for_kept_files(const Trace& trace, const std::string& place,
                              const std::map<std::string, Writes>& inside);

}  // namespace profilegen
