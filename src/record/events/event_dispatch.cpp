// SPDX-License-Identifier: Apache-2.0
#include "events/event_dispatch.h"

#include <unistd.h>

#include <cstring>

#include "containers/cgroups.h"
#include "events/event_paths.h"
#include "events/file_events.h"
#include "events/object_events.h"
#include "files/earlier_files.h"
#include "profilegen/process/small_file.h"

namespace profilegen {
namespace {

template <typename Event>
bool read_event(const void* data, size_t size, Event& event) {
  if (size < sizeof event) return false;
  std::memcpy(&event, data, sizeof event);
  return true;
}

std::unique_ptr<LiveRun> make_run(uint32_t index, uint64_t begin_ns) {
  auto live = std::make_unique<LiveRun>();
  live->index = index;
  live->run = new_run_id();
  live->begin_ns = begin_ns;
  return live;
}

// The process may have ended, and another one may have its number by now.
bool is_in_container(uint32_t pid, const std::string& id) {
  return read_small_file("/proc/" + std::to_string(pid) + "/cgroup").find(id) != std::string::npos;
}

std::string cgroup_name(const pg_notice& notice) {
  return {notice.cgroup_name, strnlen(notice.cgroup_name, sizeof notice.cgroup_name)};
}

// A runtime names the profile that its next execve(2) shall get. In a container without a filter that execve has been
// made. Only AppArmor's file of this name says anything; where another module answers, no policy of ours is in force.
std::string apparmor_of(uint32_t thread, bool executed) {
  const std::string directory = "/proc/" + std::to_string(thread) + "/attr/apparmor/";
  const std::string label = read_small_file(directory + (executed ? "current" : "exec"));
  return label.substr(0, label.find_first_of(" \n"));
}

/// Who could make the container's cgroup: root, or another user. Where that can't be seen, root.
uint32_t maker(const pg_notice& notice) {
  static const int hierarchy = container_hierarchy();
  return maker_of_cgroup(static_cast<int>(notice.first.pid), hierarchy).value_or(0);
}

void set_up_container(Bundles& bundles, const pg_notice& notice) {
  if (const std::string id = container_id_in(cgroup_name(notice)); !id.empty())
    bundles.read_ahead(id, notice.first.pid, maker(notice));
}

void begin_container(LiveRuns& runs, Bundles& bundles, const pg_notice& notice, uint64_t begin_ns) {
  auto live = make_run(notice.run, begin_ns);
  const std::string name = cgroup_name(notice);
  live->id = container_id_in(name);
  live->engine = engine_of_cgroup(name);
  live->unconfined = notice.unconfined != 0;
  if (!live->id.empty()) {
    if (is_in_container(notice.first.pid, live->id)) look_into_process(*live, notice.first.pid);
    live->earlier_files = files_of_layer(root_upper(live->mounts));
    const uint32_t user = maker(notice);
    bundles.give(*live, live->id, notice.first.pid, user);
    live->apparmor = apparmor_of(notice.first.tid, live->unconfined);
    if (user != 0 && user != geteuid()) {
      live->foreign = user;
      live->id = name;
    }
  }
  runs[notice.run] = std::move(live);
}

void on_file(LiveRuns& runs, const void* data, size_t size) {
  pg_file_event event{};
  if (!read_event(data, size, event)) return;
  LiveRun* live = find_run(runs, event.run);
  const std::string_view paths(static_cast<const char*>(data) + sizeof event, size - sizeof event);
  if (!live || live->wanted == Wanted::no || event.base_length > paths.size()) return;
  add_file_event(*live, event, paths.substr(0, event.base_length), paths.substr(event.base_length));
}

void on_settled(LiveRuns& runs, const pg_settled_event& event) {
  if (LiveRun* live = find_run(runs, event.run)) settle_file_events(*live, event.tid, event.done != 0);
}

void on_rights(LiveRuns& runs, const pg_rights_event& event) {
  if (LiveRun* live = find_run(runs, event.run)) live->rights[event.tid] = event;
}

void on_objects(LiveRuns& runs, const pg_objects_event& event) {
  LiveRun* live = find_run(runs, event.run);
  if (live && live->wanted != Wanted::no) add_objects(*live, event);
}

// The memory map is read at once, since the process may end any moment. Unwinding takes longer and can wait.
void keep_stack(LiveRuns& runs, const pg_stack_event& event) {
  constexpr size_t most = 32;
  LiveRun* live = find_run(runs, event.run);
  if (!live || live->wanted == Wanted::no || live->seen_stacks.size() >= most) return;
  live->seen_stacks.push_back({event, read_small_file("/proc/" + std::to_string(event.first.tid) + "/maps")});
}

uint8_t type_of(const void* data, size_t size) { return size > 0 ? *static_cast<const uint8_t*>(data) : 0xff; }

}  // namespace

void look_at_event(LiveRuns& runs, Bundles& bundles, const void* data, size_t size, uint64_t begin_ns) {
  pg_notice notice{};
  pg_file_event event{};
  const uint8_t type = type_of(data, size);
  if (type == PG_EVENT_SET_UP && read_event(data, size, notice)) set_up_container(bundles, notice);
  if (type == PG_EVENT_BEGIN && read_event(data, size, notice)) begin_container(runs, bundles, notice, begin_ns);
  pg_stack_event stack{};
  if (type == PG_EVENT_STACK && read_event(data, size, stack)) keep_stack(runs, stack);
  if (type != PG_EVENT_MOUNTS || !read_event(data, size, event)) return;
  if (LiveRun* live = find_run(runs, event.run); live && live->wanted != Wanted::no) keep_mounts(*live, event);
}

void dispatch_event(LiveRuns& runs, const void* data, size_t size) {
  pg_notice notice{};
  pg_call_event call{};
  pg_settled_event settled{};
  pg_rights_event rights{};
  pg_objects_event objects{};
  switch (type_of(data, size)) {
    case PG_EVENT_END:
      if (LiveRun* live = read_event(data, size, notice) ? find_run(runs, notice.run) : nullptr)
        live->end(notice.first.ns);
      break;
    case PG_EVENT_CALL:
    case PG_EVENT_SOCKET:
    case PG_EVENT_PORT:
      if (LiveRun* live = read_event(data, size, call) ? find_run(runs, call.run) : nullptr)
        add_call_event(*live, call);
      break;
    case PG_EVENT_SETTLED:
      if (read_event(data, size, settled)) on_settled(runs, settled);
      break;
    case PG_EVENT_RIGHTS:
      if (read_event(data, size, rights)) on_rights(runs, rights);
      break;
    case PG_EVENT_OBJECTS:
      if (read_event(data, size, objects)) on_objects(runs, objects);
      break;
    case PG_EVENT_FILE:
    case PG_EVENT_ROOT:
    case PG_EVENT_SIZE:
    case PG_EVENT_MOUNTS:
      on_file(runs, data, size);
      break;
    default:
      break;
  }
}

std::unique_ptr<LiveRun> make_tree_run(uint64_t begin_ns, int pid) {
  auto live = make_run(0, begin_ns);
  live->wanted = Wanted::yes;
  look_into_process(*live, static_cast<uint32_t>(pid));
  return live;
}

}  // namespace profilegen
