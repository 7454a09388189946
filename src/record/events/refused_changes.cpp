// SPDX-License-Identifier: Apache-2.0
#include "events/refused_changes.h"

#include "events/demanded_capabilities.h"
#include "events/event_paths.h"
#include "files/permissions.h"
#include "profilegen/paths.h"

namespace profilegen {
namespace {

constexpr uint32_t kRenameFrom = 1U << PG_OP_RENAME_FROM;
constexpr uint32_t kRenameTo = 1U << PG_OP_RENAME_TO;

std::optional<Guarded> look_at(const LiveRun& live, const std::string& path) {
  return live.paths.look_at(path, [](const UniqueFd& file) { return guarded(file.get()); }).value_or(std::nullopt);
}

// A removal looks at the mount first, and then whether there is such a file (do_unlinkat() in fs/namei.c).
bool could_remove(const LiveRun& live, const Rights& rights, const std::string& path, FileOp op) {
  const auto file = look_at(live, path);
  const auto directory = look_at(live, parent_directory(path));
  if (!file || !directory || !may_remove(rights, *directory, *file)) return false;
  return op == FileOp::RENAME_FROM || S_ISDIR(file->status.st_mode) == (op == FileOp::RMDIR);
}

bool could_make(const LiveRun& live, const Rights& rights, const std::string& path) {
  const auto directory = look_at(live, parent_directory(path));
  return !directory || may_access(rights, *directory, W_OK | X_OK);
}

/// Whether a writable mount would have let the thread do this. What can't be found out counts as yes.
bool could_do(const LiveRun& live, const NamedEvent& named, const std::string& path, FileOp op) {
  const auto known = live.rights.find(named.event.first.tid);
  if (op == FileOp::ALLOCATE || op == FileOp::MAP_EXEC) return true;
  if (known == live.rights.end() || !live.paths.status("/")) return true;
  const Rights rights = rights_of(known->second, live.root_user);
  const FileOpTraits::Name name = file_op_traits(op).name;
  if (name == FileOpTraits::Name::removes) return could_remove(live, rights, path, op);
  const auto file = look_at(live, path);
  if (name == FileOpTraits::Name::makes || !file) return could_make(live, rights, path);
  return may_change(rights, *file, op);
}

bool is_directory(const LiveRun& live, const std::string& path) {
  const auto file = look_at(live, path);
  return file && S_ISDIR(file->status.st_mode);
}

void add(LiveRun& live, const NamedEvent& named, const std::string& path, FileOp op, bool could) {
  FileFacts& facts = could ? live.refused : live.barred;
  facts.add(path, op, {live.evidence(named.event.first), "", is_directory(live, path)});
}

// Both ends of a rename are judged together: if one can't be, the other does not happen either.
void add_rename(LiveRun& live, const NamedEvent& to) {
  auto from = live.refused_names.extract(to.event.first.tid);
  if (from.empty()) return;
  const auto old_path = event_path(live, from.mapped().event, from.mapped().base, from.mapped().tail);
  const auto new_path = event_path(live, to.event, to.base, to.tail);
  if (!old_path || !new_path) return;
  const bool could =
      could_do(live, to, *old_path, FileOp::RENAME_FROM) && could_do(live, to, *new_path, FileOp::RENAME_TO);
  add(live, from.mapped(), *old_path, FileOp::RENAME_FROM, could);
  add(live, to, *new_path, FileOp::RENAME_TO, could);
}

// The program, or what interprets it, may lie on a mount without execution; else capabilities may be missing.
void add_exec(LiveRun& live, const NamedEvent& named, const std::string& path) {
  for (const std::string& file : executed_files(live, path))
    if (is_without_execution(live.mounts, file))
      return add(live, named, file, FileOp::EXEC, could_do(live, named, file, FileOp::EXEC));
  add_refused_program(live, named.event, path);
}

}  // namespace

void add_refused_event(LiveRun& live, const NamedEvent& named) {
  if (named.event.ops == kRenameTo) return add_rename(live, named);
  if (named.event.ops == kRenameFrom) {
    live.refused_names.insert_or_assign(named.event.first.tid, named);
    return;
  }
  const auto path = event_path(live, named.event, named.base, named.tail);
  if (!path) return;
  if (named.event.ops == 1U << PG_OP_EXEC) return add_exec(live, named, *path);
  for (unsigned number = 0; number < PG_OPS; ++number) {
    const auto op = static_cast<FileOp>(number);
    if ((named.event.ops >> number & 1) == 0 || op == FileOp::LINK_FROM) continue;
    add(live, named, *path, op, could_do(live, named, *path, op));
  }
}

}  // namespace profilegen
