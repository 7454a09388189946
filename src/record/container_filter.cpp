// SPDX-License-Identifier: Apache-2.0
#include "container_filter.h"

#include <algorithm>
#include <fstream>

namespace profilegen {

ContainerFilter ContainerFilter::by_pattern(std::vector<std::string> patterns) {
  ContainerFilter filter;
  filter.patterns_ = std::move(patterns);
  return filter;
}

ContainerFilter ContainerFilter::by_cidfile(std::string cidfile) {
  ContainerFilter filter;
  filter.cidfile_ = std::move(cidfile);
  return filter;
}

ContainerFilter ContainerFilter::by_id(std::set<std::string> ids) {
  ContainerFilter filter;
  filter.ids_ = std::move(ids);
  return filter;
}

ContainerFilter ContainerFilter::by_compose_project(std::string project) {
  ContainerFilter filter;
  filter.project_ = std::move(project);
  return filter;
}

void ContainerFilter::read_cidfile() {
  if (cidfile_.empty() || !ids_.empty()) return;
  std::ifstream file(cidfile_);
  if (std::string id; file >> id) ids_.insert(id);
}

bool ContainerFilter::matches(const ContainerInfo& info) const {
  if (ids_.count(info.subject.container_id) != 0) return true;
  const auto label = info.labels.find("com.docker.compose.project");
  if (!project_.empty() && label != info.labels.end() && label->second == project_) return true;
  return std::any_of(patterns_.begin(), patterns_.end(),
                     [&](const std::string& pattern) { return matches_container(pattern, info.subject); });
}

Wanted ContainerFilter::decide(const Target& target) {
  if (target.id.empty()) return Wanted::no;
  read_cidfile();
  if (ids_.count(target.id) != 0) return Wanted::yes;
  if (patterns_.empty() && project_.empty()) return Wanted::no;
  if (!target.info) return Wanted::unknown;
  if (matches(*target.info)) return Wanted::yes;
  // A bundle's config.json knows neither name nor image: that it does not match means nothing.
  return target.info->subject.image.empty() ? Wanted::unknown : Wanted::no;
}

}  // namespace profilegen
