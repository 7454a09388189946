// SPDX-License-Identifier: Apache-2.0
// Each step is a join of a semilattice (minimum, union, or), so the whole merge is one.
#include <algorithm>

#include "evidence.h"

namespace profilegen {
namespace {

void join(FileFact& into, const FileFact& other) {
  // The mount belongs to the first sighting: both are compared and replaced together.
  if (std::tie(other.first, other.mount) < std::tie(into.first, into.mount)) into.mount = other.mount;
  into.directory = into.directory || other.directory;
  join(static_cast<Evidence&>(into), other);
}

template <typename Map>
void join_maps(Map& into, const Map& other) {
  for (const auto& [key, value] : other) {
    const auto [place, is_new] = into.try_emplace(key, value);
    if (!is_new) join(place->second, value);
  }
}

}  // namespace

void add_object(std::map<CapabilityObject, First>& objects, const CapabilityObject& object, const First& first) {
  First& earliest = objects.try_emplace(object, first).first->second;
  earliest = std::min(earliest, first);
}

void keep_first_objects(std::map<CapabilityObject, First>& objects) {
  while (objects.size() > kMostObjects)
    objects.erase(std::ranges::max_element(objects, {}, [](const auto& entry) {
      return std::pair<const First&, const CapabilityObject&>(entry.second, entry.first);
    }));
}

Result<Trace> merge_traces(Trace into, const Trace& other) {
  for (const auto& [id, run] : other.runs) {
    const auto [place, is_new] = into.runs.try_emplace(id, run);
    if (!is_new && place->second != run) {
      return Error{"run " + id, "is described in two different ways", "merge traces only as profilegen wrote them"};
    }
  }
  join_maps(into.syscalls, other.syscalls);
  join_maps(into.arguments, other.arguments);
  widen_arguments(into.arguments);
  join_maps(into.denied, other.denied);
  join_maps(into.capabilities, other.capabilities);
  join_maps(into.files, other.files);
  join_maps(into.sockets, other.sockets);
  join_maps(into.behaviours, other.behaviours);
  join_maps(into.ports, other.ports);
  return into;
}

}  // namespace profilegen
