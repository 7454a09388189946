// SPDX-License-Identifier: Apache-2.0
#include "file_events.h"

#include <sys/stat.h>

#include "event_paths.h"
#include "executable.h"
#include "lexical_path.h"

namespace profilegen {
namespace {

void merge_evidence(Evidence& into, const Evidence& other, bool is_new) {
  if (is_new || other.first < into.first) into.first = other.first;
  into.runs.insert(other.runs.begin(), other.runs.end());
}

void add_fact(Target& target, const std::string& path, FileOp op, bool directory, const pg_first& first) {
  const auto [place, is_new] = target.facts.files.try_emplace({path, op});
  merge_evidence(place->second, target.evidence(first), is_new);
  place->second.directory |= directory;
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

// A file without a name (open(2), O_TMPFILE): what is needed is its directory, and that it may hold programs.
void add_unnamed(Target& target, const std::string& path, FileOp op, const pg_first& first) {
  if (op == FileOp::TMPFILE || op == FileOp::MAP_EXEC) add_fact(target, parent_of(path), op, true, first);
}

// A call that names what it changes does not tell what that is.
bool may_be_of_directory(FileOp op) {
  switch (op) {
    case FileOp::RENAME_FROM:
    case FileOp::RENAME_TO:
    case FileOp::CHMOD:
    case FileOp::CHOWN:
    case FileOp::UTIME:
    case FileOp::XATTR:
    case FileOp::SETFLAGS:
      return true;
    default:
      return false;
  }
}

bool is_directory(const Target& target, const std::string& path, FileOp op) {
  const auto& files = target.facts.files;
  if (!may_be_of_directory(op)) return op == FileOp::MKDIR || op == FileOp::RMDIR;
  if (files.count({path, FileOp::MKDIR}) != 0 || files.count({path, FileOp::RMDIR}) != 0) return true;
  const UniqueFd file = target.paths.open(path);
  struct stat status {};
  return file && fstat(file.get(), &status) == 0 && S_ISDIR(status.st_mode);
}

// The old name is of what the new one is: both are told by one call, one after the other.
void note_rename(Target& target, const std::string& path, FileOp op, bool directory, uint32_t thread) {
  auto& last = target.last_renamed;
  if (op == FileOp::RENAME_FROM) last = {thread, path};
  if (op != FileOp::RENAME_TO || last.thread != thread) return;
  const auto from = target.facts.files.find({last.path, FileOp::RENAME_FROM});
  if (from != target.facts.files.end()) from->second.directory |= directory;
}

void add_operation(Target& target, const std::string& path, FileOp op, bool known, const pg_first& first) {
  const bool directory = known || is_directory(target, path, op);
  const bool is_new = target.facts.files.count({path, op}) == 0;
  add_fact(target, path, op, directory, first);
  note_rename(target, path, op, directory, first.tid);
  if (op == FileOp::EXEC && is_new) add_program(target, path, first);
}

bool is_new_name(Target& target, const pg_file_event& event, std::string_view base, std::string_view tail) {
  std::string key;
  for (const __u64 part : {event.root, __u64{event.ops}, __u64{event.flags}, __u64{event.mnt_ns}})
    key += std::to_string(part) + ' ';
  key.append(base).append(1, '\0').append(tail);
  return target.names_seen.insert(std::move(key)).second;
}

}  // namespace

void add_file_event(Target& target, const pg_file_event& event, std::string_view base, std::string_view tail) {
  if (event.type == PG_EVENT_MOUNTS) return take_mounts(target, event);
  if (event.type == PG_EVENT_ROOT) return take_root(target, event, base);
  if (event.ops == 1U << PG_OP_RENAME_FROM) target.last_renamed = {};
  if ((event.flags & PG_FILE_TAIL) != 0 && !is_new_name(target, event, base, tail)) return;
  const auto path = event_path(target, event, base, tail);
  if (!path) return;
  for (unsigned number = 0; number < PG_OPS; ++number) {
    const auto op = static_cast<FileOp>(number);
    if ((event.ops >> number & 1) == 0) continue;
    if ((event.flags & PG_FILE_UNNAMED) != 0)
      add_unnamed(target, *path, op, event.first);
    else
      add_operation(target, *path, op, (event.flags & PG_FILE_DIRECTORY) != 0, event.first);
  }
}

}  // namespace profilegen
