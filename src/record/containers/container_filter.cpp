// SPDX-License-Identifier: Apache-2.0
#include "containers/container_filter.h"

#include <algorithm>
#include <fstream>

#include "profilegen/process/own_rights.h"

namespace profilegen {

void ContainerFilter::read_cidfile() {
  if (wish_.cidfile.empty() || !wish_.ids.empty()) return;
  const LoweredRights users;
  std::ifstream file(wish_.cidfile);
  if (std::string id; file >> id) wish_.ids.insert(id);
}

bool ContainerFilter::matches(const ContainerInfo& info) const {
  if (wish_.all || wish_.ids.count(info.subject.container_id) != 0) return true;
  const auto label = info.labels.find("com.docker.compose.project");
  if (!wish_.project.empty() && label != info.labels.end() && label->second == wish_.project) return true;
  return std::any_of(wish_.patterns.begin(), wish_.patterns.end(),
                     [&](const std::string& pattern) { return matches_container(pattern, info.subject); });
}

Wanted ContainerFilter::decide(const LiveRun& live) {
  if (live.id.empty()) return Wanted::no;
  read_cidfile();
  if (wish_.all || wish_.ids.count(live.id) != 0) return Wanted::yes;
  if (wish_.patterns.empty() && wish_.project.empty()) return Wanted::no;
  if (!live.info) return Wanted::unknown;
  if (matches(*live.info)) return Wanted::yes;
  // Information that came from a bundle's config.json has no name and no image, so a mismatch proves nothing.
  return live.info->subject.image.empty() ? Wanted::unknown : Wanted::no;
}

}  // namespace profilegen
