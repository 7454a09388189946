// SPDX-License-Identifier: Apache-2.0
#include "events/file_events.h"
#include "profilegen/paths.h"

#include <sys/stat.h>

#include "events/event_paths.h"
#include "files/executable.h"

namespace profilegen {
namespace {

void add_fact(Target& target, const std::string& path, FileOp op, bool directory, const pg_first& first) {
  target.files.add(path, op, {target.evidence(first), "", directory});
}

void add_program(Target& target, const std::string& path, const pg_first& first) {
  const UniqueFd file = target.paths.open_file(path);
  if (!file) return;
  const Executable program = look_at_executable(file.get());
  if (program.changes_identity) add_fact(target, path, FileOp::EXEC_SETID, false, first);
  if (program.loader.empty()) return;
  const std::string loader = target.paths.resolve("/", program.loader, "", true);
  add_fact(target, loader, FileOp::READ, false, first);
  add_fact(target, loader, FileOp::MAP_EXEC, false, first);
}

// The file has no name (open(2), O_TMPFILE). It needs only its directory, which must allow execution if the file is
// mapped as code.
void add_unnamed(Target& target, const std::string& path, FileOp op, const pg_first& first) {
  if (op == FileOp::TMPFILE || op == FileOp::MAP_EXEC) add_fact(target, parent_directory(path), op, true, first);
}

// For some operations the kernel part does not tell whether they changed a file or a directory.
bool is_directory(const Target& target, const std::string& path, FileOp op) {
  const FileFacts& files = target.files;
  const FileOpTraits::Object object = file_op_traits(op).object;
  if (object != FileOpTraits::Object::either) return object == FileOpTraits::Object::directory;
  if (files.contains(path, FileOp::MKDIR) || files.contains(path, FileOp::RMDIR)) return true;
  const UniqueFd file = target.paths.open(path);
  struct stat status {};
  return file && fstat(file.get(), &status) == 0 && S_ISDIR(status.st_mode);
}

void add_operation(Target& target, const std::string& path, FileOp op, bool known, const pg_first& first) {
  const bool directory = known || is_directory(target, path, op);
  const bool is_new = !target.files.contains(path, op);
  add_fact(target, path, op, directory, first);
  if (op == FileOp::EXEC && is_new) add_program(target, path, first);
}

void add_operations(Target& target, const pg_file_event& event, const std::string& path) {
  for (unsigned number = 0; number < PG_OPS; ++number) {
    const auto op = static_cast<FileOp>(number);
    if ((event.ops >> number & 1) == 0) continue;
    if ((event.flags & PG_FILE_UNNAMED) != 0)
      add_unnamed(target, path, op, event.first);
    else
      add_operation(target, path, op, (event.flags & PG_FILE_DIRECTORY) != 0, event.first);
  }
}

std::string nearest_above(const std::string& a, const std::string& b) {
  std::string above = parent_directory(a);
  while (above != "/" && !is_at_or_below(b, above)) above = parent_directory(above);
  return above;
}

// Called with both names of one rename. If the new name is a directory, so was the old one, where nothing is left to
// look at.
void add_pair(Target& target, const std::string& from, const std::string& to, const pg_first& first) {
  if (target.files.is_directory(to, FileOp::RENAME_TO)) target.files.set_directory(from, FileOp::RENAME_FROM);
  if (parent_directory(from) != parent_directory(to))
    add_fact(target, nearest_above(from, to), FileOp::MOVE_BELOW, true, first);
}

void take_pair(Target& target, const NamedEvent& named) {
  constexpr uint32_t kFirst = 1U << PG_OP_RENAME_FROM | 1U << PG_OP_LINK_FROM;
  constexpr uint32_t kSecondName = 1U << PG_OP_RENAME_TO | 1U << PG_OP_LINK_TO;
  const uint32_t thread = named.event.first.tid;
  const auto waiting = target.first_names.find(thread);
  if (waiting != target.first_names.end() && (named.event.ops & kSecondName) != 0) {
    const NamedEvent first = std::move(waiting->second);
    target.first_names.erase(waiting);
    if (!target.names_seen.insert(first.key() + '\0' + named.key())) return;
    const auto from = event_path(target, first.event, first.base, first.tail);
    const auto to = event_path(target, named.event, named.base, named.tail);
    if (from && to) add_pair(target, *from, *to, named.event.first);
  } else if ((named.event.ops & kFirst) != 0) {
    target.first_names.insert_or_assign(thread, named);
  }
}

void add_named(Target& target, const NamedEvent& named) {
  const bool by_name = (named.event.flags & PG_FILE_TAIL) != 0;
  if (!by_name || target.names_seen.insert(named.key()))
    if (const auto path = event_path(target, named.event, named.base, named.tail))
      add_operations(target, named.event, *path);
  take_pair(target, named);
}

void add_refused(Target& target, const NamedEvent& named) {
  const auto path = event_path(target, named.event, named.base, named.tail);
  if (!path) return;
  for (unsigned number = 0; number < PG_OPS; ++number) {
    const auto op = static_cast<FileOp>(number);
    if ((named.event.ops >> number & 1) != 0)
      target.refused.add(*path, op, {target.evidence(named.event.first), "", is_directory(target, *path, op)});
  }
}

}  // namespace

void add_file_event(Target& target, const pg_file_event& event, std::string_view base, std::string_view tail) {
  if (event.type == PG_EVENT_MOUNTS) return take_mounts(target, event);
  if (event.type == PG_EVENT_ROOT) return take_root(target, event, base);
  if (event.type == PG_EVENT_SIZE) {
    if (const auto path = event_path(target, event, base, tail)) target.sizes.add(*path, event.ops);
    return;
  }
  const NamedEvent named{event, std::string(base), std::string(tail)};
  if ((event.flags & PG_FILE_REFUSED) != 0) return add_refused(target, named);
  if ((event.flags & PG_FILE_TENTATIVE) != 0)
    target.tentative[event.first.tid].push_back(named);
  else
    add_named(target, named);
}

void settle_file_events(Target& target, uint32_t thread, bool done) {
  auto waiting = target.tentative.extract(thread);
  if (waiting.empty() || !done) return;
  for (const NamedEvent& named : waiting.mapped()) add_named(target, named);
}

}  // namespace profilegen
