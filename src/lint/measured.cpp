// SPDX-License-Identifier: Apache-2.0
#include "measured.h"

#include <map>

namespace profilegen::lint {

std::string label(const MeasuredVersion& measured) { return measured.runtime + " " + measured.version; }

std::vector<MeasuredVersion> measured_for(const std::set<Runtime>& runtimes) {
  if (runtimes.empty()) return measured_versions();
  std::map<std::string, MeasuredVersion> found;
  for (const Runtime& runtime : runtimes)
    for (MeasuredVersion& one : measured_versions(runtime.name, runtime.version)) found.emplace(label(one), one);
  std::vector<MeasuredVersion> list;
  for (auto& [name, one] : found) list.push_back(std::move(one));
  return list;
}

std::set<std::string> all_of(std::string_view runtime, const std::set<std::string>& except) {
  std::set<std::string> labels;
  for (const MeasuredVersion& one : measured_versions())
    if (one.runtime == runtime && !except.contains(label(one))) labels.insert(label(one));
  return labels;
}

}  // namespace profilegen::lint
