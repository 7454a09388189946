// SPDX-License-Identifier: Apache-2.0
#include "support/hole_mounts.h"

namespace profilegen {

std::map<std::string, Hole> hole_mounts(const Profile& profile) {
  std::map<std::string, Hole> mounts = profile.holes;
  for (const auto& [place, hole] : profile.holes)
    for (const auto& [path, owner] : hole.directories)
      mounts.emplace(path, Hole{.mode = owner.mode,
                                .uid = owner.uid,
                                .gid = owner.gid,
                                .exec = hole.exec,
                                .reason = "a directory of the image in the tmpfs " + place,
                                .size = hole.size});
  return mounts;
}

}  // namespace profilegen
