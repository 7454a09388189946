// SPDX-License-Identifier: Apache-2.0
#include "events/file_events.h"
#include "profilegen/paths.h"

#include <sys/stat.h>

#include "events/demanded_capabilities.h"
#include "events/event_paths.h"
#include "events/object_events.h"
#include "events/refused_changes.h"
#include "events/withheld_gains.h"
#include "files/executable.h"

namespace profilegen {
namespace {

void add_fact(LiveRun& live, const std::string& path, FileOp op, bool directory, const pg_first& first) {
  live.files.add(path, op, {live.evidence(first), "", directory});
}

void add_program(LiveRun& live, const std::string& path, const pg_first& first) {
  const auto program = live.paths.read(path, [](const UniqueFd& file) { return look_at_executable(file.get()); });
  if (!program) return;
  if (program->changes_identity) add_fact(live, path, FileOp::EXEC_SETID, false, first);
  if (program->loader.empty()) return;
  const auto loader = live.paths.resolve("/", program->loader, "", true);
  if (!loader) return;
  add_fact(live, *loader, FileOp::READ, false, first);
  add_fact(live, *loader, FileOp::MAP_EXEC, false, first);
}

// The file has no name (open(2), O_TMPFILE). It needs only its directory, which must allow execution if the file is
// mapped or executed as code.
void add_unnamed(LiveRun& live, const std::string& path, FileOp op, const pg_first& first) {
  if (op == FileOp::TMPFILE || op == FileOp::MAP_EXEC || op == FileOp::EXEC)
    add_fact(live, parent_directory(path), op, true, first);
}

// For some operations the kernel part does not tell whether they changed a file or a directory.
bool is_directory(const LiveRun& live, const std::string& path, FileOp op) {
  const FileFacts& files = live.files;
  const FileOpTraits::Object object = file_op_traits(op).object;
  if (object != FileOpTraits::Object::either) return object == FileOpTraits::Object::directory;
  if (files.contains(path, FileOp::MKDIR) || files.contains(path, FileOp::RMDIR)) return true;
  const auto status = live.paths.status(path);
  return status && S_ISDIR(status->st_mode);
}

void add_operation(LiveRun& live, const std::string& path, FileOp op, bool known, const pg_first& first) {
  const bool directory = known || is_directory(live, path, op);
  const bool is_new = !live.files.contains(path, op);
  add_fact(live, path, op, directory, first);
  if (op == FileOp::EXEC && is_new) add_program(live, path, first);
}

void add_operations(LiveRun& live, const pg_file_event& event, const std::string& path) {
  add_executed_capabilities(live, event, path);
  add_withheld_gain(live, event, path);
  for (unsigned number = 0; number < PG_OPS; ++number) {
    const auto op = static_cast<FileOp>(number);
    if ((event.ops >> number & 1) == 0) continue;
    if ((event.flags & PG_FILE_UNNAMED) != 0)
      add_unnamed(live, path, op, event.first);
    else
      add_operation(live, path, op, (event.flags & PG_FILE_DIRECTORY) != 0, event.first);
  }
}

std::string nearest_above(const std::string& a, const std::string& b) {
  std::string above = parent_directory(a);
  while (above != "/" && !is_at_or_below(b, above)) above = parent_directory(above);
  return above;
}

// Called with both names of one rename. If the new name is a directory, so was the old one, where nothing is left to
// look at.
void add_pair(LiveRun& live, const std::string& from, const std::string& to, const pg_first& first) {
  if (live.files.is_directory(to, FileOp::RENAME_TO)) live.files.set_directory(from, FileOp::RENAME_FROM);
  if (parent_directory(from) != parent_directory(to))
    add_fact(live, nearest_above(from, to), FileOp::MOVE_BELOW, true, first);
}

void take_pair(LiveRun& live, const NamedEvent& named) {
  constexpr uint32_t kFirst = 1U << PG_OP_RENAME_FROM | 1U << PG_OP_LINK_FROM;
  constexpr uint32_t kSecondName = 1U << PG_OP_RENAME_TO | 1U << PG_OP_LINK_TO;
  const uint32_t thread = named.event.first.tid;
  const auto waiting = live.first_names.find(thread);
  if (waiting != live.first_names.end() && (named.event.ops & kSecondName) != 0) {
    const NamedEvent first = std::move(waiting->second);
    live.first_names.erase(waiting);
    if (!live.names_seen.insert(first.key() + '\0' + named.key())) return;
    const auto from = event_path(live, first.event, first.base, first.tail);
    const auto to = event_path(live, named.event, named.base, named.tail);
    if (from && to) add_pair(live, *from, *to, named.event.first);
  } else if ((named.event.ops & kFirst) != 0) {
    live.first_names.insert_or_assign(thread, named);
  }
}

void add_named(LiveRun& live, const NamedEvent& named) {
  const bool by_name = (named.event.flags & PG_FILE_TAIL) != 0;
  if (!by_name || live.names_seen.insert(named.key()))
    if (const auto path = event_path(live, named.event, named.base, named.tail))
      add_operations(live, named.event, *path);
  take_pair(live, named);
}

}  // namespace

void add_file_event(LiveRun& live, const pg_file_event& event, std::string_view base, std::string_view tail) {
  if (event.type == PG_EVENT_MOUNTS) return take_mounts(live, event);
  if (event.type == PG_EVENT_ROOT) return take_root(live, event, base);
  if (event.type == PG_EVENT_SIZE) {
    if (const auto path = event_path(live, event, base, tail)) live.sizes.add(*path, event.ops, live.paths);
    return;
  }
  const NamedEvent named{event, std::string(base), std::string(tail)};
  if ((event.flags & PG_FILE_ASKED) != 0) return keep_asked_name(live, named);
  if ((event.flags & PG_FILE_REFUSED) != 0) return add_refused_event(live, named);
  if ((event.flags & PG_FILE_TENTATIVE) != 0)
    live.tentative[event.first.tid].push_back(named);
  else
    add_named(live, named);
}

void settle_file_events(LiveRun& live, uint32_t thread, bool done) {
  auto waiting = live.tentative.extract(thread);
  if (waiting.empty() || !done) return;
  for (const NamedEvent& named : waiting.mapped()) add_named(live, named);
}

}  // namespace profilegen
