// SPDX-License-Identifier: Apache-2.0
#include "events/event_dispatch.h"

#include <cstring>

#include "events/event_paths.h"
#include "events/file_events.h"
#include "profilegen/process/small_file.h"

namespace profilegen {
namespace {

template <typename Event>
bool read_event(const void* data, size_t size, Event& event) {
  if (size < sizeof event) return false;
  std::memcpy(&event, data, sizeof event);
  return true;
}

Target* find(Targets& targets, uint32_t index) {
  const auto found = targets.find(index);
  return found == targets.end() ? nullptr : found->second.get();
}

std::unique_ptr<Target> make_target(uint32_t index, uint64_t begin_ns) {
  auto target = std::make_unique<Target>();
  target->index = index;
  target->run = new_run_id();
  target->begin_ns = begin_ns;
  return target;
}

// The process may have ended, and another one may have its number by now.
bool is_in_container(uint32_t pid, const std::string& id) {
  return read_small_file("/proc/" + std::to_string(pid) + "/cgroup").find(id) != std::string::npos;
}

std::string cgroup_name(const pg_notice& notice) {
  return {notice.cgroup_name, strnlen(notice.cgroup_name, sizeof notice.cgroup_name)};
}

void set_up_container(Bundles& bundles, const pg_notice& notice) {
  if (const std::string id = container_id_in(cgroup_name(notice)); !id.empty())
    bundles.read_ahead(id, notice.first.pid);
}

void begin_container(Targets& targets, Bundles& bundles, const pg_notice& notice, uint64_t begin_ns) {
  auto target = make_target(notice.recording, begin_ns);
  const std::string name = cgroup_name(notice);
  target->id = container_id_in(name);
  target->engine = engine_of_cgroup(name);
  target->unconfined = notice.unconfined != 0;
  if (!target->id.empty()) {
    if (is_in_container(notice.first.pid, target->id)) look_into_process(*target, notice.first.pid);
    bundles.give(*target, notice.first.pid);
  }
  targets[notice.recording] = std::move(target);
}

void on_file(Targets& targets, const void* data, size_t size) {
  pg_file_event event{};
  if (!read_event(data, size, event)) return;
  Target* target = find(targets, event.recording);
  const std::string_view paths(static_cast<const char*>(data) + sizeof event, size - sizeof event);
  if (!target || target->wanted == Wanted::no || event.base_length > paths.size()) return;
  add_file_event(*target, event, paths.substr(0, event.base_length), paths.substr(event.base_length));
}

void on_settled(Targets& targets, const pg_settled_event& event) {
  if (Target* target = find(targets, event.recording)) settle_file_events(*target, event.tid, event.done != 0);
}

// The memory map is read at once, since the process may end any moment. Unwinding takes longer and can wait.
void keep_stack(Targets& targets, const pg_stack_event& event) {
  constexpr size_t most = 32;
  Target* target = find(targets, event.recording);
  if (!target || target->wanted == Wanted::no || target->seen_stacks.size() >= most) return;
  target->seen_stacks.push_back({event, read_small_file("/proc/" + std::to_string(event.first.tid) + "/maps")});
}

uint8_t type_of(const void* data, size_t size) { return size > 0 ? *static_cast<const uint8_t*>(data) : 0xff; }

}  // namespace

void look_at_event(Targets& targets, Bundles& bundles, const void* data, size_t size, uint64_t begin_ns) {
  pg_notice notice{};
  pg_file_event event{};
  const uint8_t type = type_of(data, size);
  if (type == PG_EVENT_SET_UP && read_event(data, size, notice)) set_up_container(bundles, notice);
  if (type == PG_EVENT_BEGIN && read_event(data, size, notice)) begin_container(targets, bundles, notice, begin_ns);
  pg_stack_event stack{};
  if (type == PG_EVENT_STACK && read_event(data, size, stack)) keep_stack(targets, stack);
  if (type != PG_EVENT_MOUNTS || !read_event(data, size, event)) return;
  if (Target* target = find(targets, event.recording); target && target->wanted != Wanted::no)
    keep_mounts(*target, event);
}

void dispatch_event(Targets& targets, const void* data, size_t size) {
  pg_notice notice{};
  pg_call_event call{};
  pg_settled_event settled{};
  switch (type_of(data, size)) {
    case PG_EVENT_END:
      if (Target* target = read_event(data, size, notice) ? find(targets, notice.recording) : nullptr)
        target->end(notice.first.ns);
      break;
    case PG_EVENT_CALL:
    case PG_EVENT_SOCKET:
      if (Target* target = read_event(data, size, call) ? find(targets, call.recording) : nullptr)
        add_call_event(*target, call);
      break;
    case PG_EVENT_SETTLED:
      if (read_event(data, size, settled)) on_settled(targets, settled);
      break;
    case PG_EVENT_FILE:
    case PG_EVENT_ROOT:
    case PG_EVENT_SIZE:
    case PG_EVENT_MOUNTS:
      on_file(targets, data, size);
      break;
    default:
      break;
  }
}

std::unique_ptr<Target> make_tree_target(uint64_t begin_ns, int pid) {
  auto target = make_target(0, begin_ns);
  target->wanted = Wanted::yes;
  look_into_process(*target, static_cast<uint32_t>(pid));
  return target;
}

}  // namespace profilegen
