// SPDX-License-Identifier: Apache-2.0
#include "holes/written.h"

#include <fmt/format.h>

#include <algorithm>

#include "holes/mounts.h"
#include "profilegen/lines.h"
#include "profilegen/paths.h"

namespace profilegen {
namespace {

// These change a directory itself, which also works on the root of a mount. All others change an entry in the parent.
bool changes_directory_itself(FileOp op) {
  using Object = FileOpTraits::Object;
  const FileOpTraits traits = file_op_traits(op);
  return traits.object == Object::place ||
         (traits.object == Object::either && traits.name == FileOpTraits::Name::keeps);
}

}  // namespace

bool on_root_in_some_run(const Trace& trace, const std::string& path, const RunSet& runs) {
  return std::ranges::any_of(runs.sorted(), [&](const RunId& id) {
    const auto run = trace.runs.find(id);
    return run != trace.runs.end() && lies_on_root(run->second, path);
  });
}

bool is_in_a_hole(const std::string& path, const Profile& profile) {
  return std::ranges::any_of(profile.holes, [&](const auto& hole) { return is_at_or_below(path, hole.first); });
}

std::map<std::string, Writes> writes_on_root(const Trace& trace) {
  std::map<std::string, Writes> writes;
  for (const auto& [key, fact] : trace.files) {
    if (!file_op_writes(key.op) || !key.path.starts_with('/') || is_python_bytecode(key.path)) continue;
    if (!on_root_in_some_run(trace, key.path, fact.runs)) continue;
    Writes& entry = writes[key.path];
    entry.ops.insert(key.op);
    entry.directory = entry.directory || fact.directory;
  }
  return writes;
}

std::set<std::string> bytecode_directories(const Trace& trace) {
  std::set<std::string> directories;
  for (const auto& [key, fact] : trace.files)
    if (file_op_writes(key.op) && is_python_bytecode(key.path) && on_root_in_some_run(trace, key.path, fact.runs))
      directories.insert(place_to_open(key.path, key.op, fact.directory));
  return directories;
}

std::string place_to_open(const std::string& path, FileOp op, bool directory) {
  return directory && changes_directory_itself(op) ? path : parent_directory(path);
}

std::string describe_writes(const std::map<std::string, Writes>& writes) {
  if (writes.empty()) return "";
  const auto& [path, entry] = *writes.begin();
  std::string text = fmt::format("{} {}", file_op_name(*entry.ops.begin()), printable(path));
  if (writes.size() > 1) text += fmt::format(" (+{} more)", writes.size() - 1);
  return text;
}

}  // namespace profilegen
