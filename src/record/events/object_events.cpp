// SPDX-License-Identifier: Apache-2.0
#include "events/object_events.h"

#include <algorithm>
#include <bit>
#include <span>

#include "events/event_paths.h"
#include "kernel/call_table.h"
#include "objects/call_objects.h"
#include "objects/file_objects.h"
#include "profilegen/capabilities.h"

namespace profilegen {
namespace {

constexpr size_t kMostNames = 2;

AskedCall asked_call(const pg_objects_event& event) {
  AskedCall call;
  const auto arches = arches_by_abi();
  call.arch = arches[event.abi < arches.size() ? event.abi : 0];
  call.name = syscall_name(call.arch, event.number).value_or("");
  if (call.name.ends_with("32")) call.name.resize(call.name.size() - 2);
  std::ranges::copy(event.arguments, call.arguments.begin());
  call.behind.assign(event.behind, event.behind + std::min<size_t>(event.behind_size, PG_BEHIND));
  call.pid_ns = event.pid_ns;
  call.rights = {event.checked.user, event.checked.group, {}};
  call.rights.groups.assign(event.groups, event.groups + std::min<size_t>(event.group_count, PG_GROUPS));
  return call;
}

std::vector<AskedFile> asked_files(LiveRun& live, const std::vector<NamedEvent>& names) {
  std::vector<AskedFile> files;
  for (const NamedEvent& named : names) {
    const auto way = event_way(live, named.event, named.base, named.tail);
    const auto op = static_cast<FileOp>(std::countr_zero(named.event.ops));
    if (way && named.event.ops != 0)
      files.push_back({*way, op, (named.event.flags & PG_FILE_TAIL) == 0 && op != FileOp::EXEC});
  }
  return files;
}

// Of the capability's places in the kernel, this is the `place`th of `count`. Where several directories and files are
// closed, each place checks one kind of them: the first ones the way, the last one what is done in the end.
const Closed& closed_at(const std::vector<Closed>& closed, size_t place, size_t count) {
  const bool last = count > 1 && place + 1 == count;
  return last ? closed.back() : closed[std::min(place, closed.size() - 1)];
}

bool overrides_permissions(uint32_t capability) {
  static const uint32_t kAll = capability_number("DAC_OVERRIDE").value();
  static const uint32_t kReads = capability_number("DAC_READ_SEARCH").value();
  return capability == kAll || capability == kReads;
}

/// The checks of one call.
class Checks {
 public:
  Checks(LiveRun& live, const pg_objects_event& event, const std::vector<NamedEvent>& names)
      : call_(asked_call(event)),
        files_(asked_files(live, names)),
        look_(look_in(live.paths)),
        accounts_(live.paths, live.users, live.groups) {
    for (const AskedFile& file : files_)
      for (Closed& closed : closed_on_way(call_, file, look_)) closed_.push_back(std::move(closed));
  }

  /// What one of them was about.
  std::vector<CapabilityObject> objects(uint32_t capability, size_t place, size_t count) {
    std::vector<CapabilityObject> objects;
    if (files_.empty())
      objects = objects_of_call(call_, accounts_, find_process);
    else if (overrides_permissions(capability) && !closed_.empty())
      objects = {object_of_closed(closed_at(closed_, place, count), accounts_)};
    else
      objects = {object_of_file(call_, files_.back(), look_, accounts_)};
    for (CapabilityObject& object : objects) object.user = accounts_.user_outside(call_.rights.user);
    return objects;
  }

 private:
  AskedCall call_;
  std::vector<AskedFile> files_;
  LookAt look_;
  Accounts accounts_;
  std::vector<Closed> closed_;
};

}  // namespace

void keep_asked_name(LiveRun& live, NamedEvent named) {
  auto& names = live.asked_names[named.event.first.tid];
  if (names.size() == kMostNames) names.clear();  // the event that they belong to was lost
  names.push_back(std::move(named));
}

void add_objects(LiveRun& live, const pg_objects_event& event) {
  const auto waiting = live.asked_names.extract(event.first.tid);
  Checks checks(live, event, waiting ? waiting.mapped() : std::vector<NamedEvent>{});
  const std::span sites(event.checked.sites, std::min<size_t>(event.checked.count, PG_CHECKED));
  const First first = live.evidence(event.first).first;
  std::map<uint32_t, size_t> places;
  for (const pg_checked_site& site : sites) {
    const auto count = std::ranges::count(sites, site.capability, &pg_checked_site::capability);
    for (const CapabilityObject& object :
         checks.objects(site.capability, places[site.capability]++, static_cast<size_t>(count)))
      add_object(live.objects[site.site], object, first);
  }
}

}  // namespace profilegen
