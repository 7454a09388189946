// SPDX-License-Identifier: Apache-2.0
#include "holes/kept_files.h"

#include <algorithm>
#include <array>

#include "holes/lossy_places.h"
#include "holes/mounts.h"
#include "profilegen/analyze.h"
#include "profilegen/paths.h"

namespace profilegen {
namespace {

using Name = FileOpTraits::Name;

constexpr std::array kRemovals = {FileOp::UNLINK, FileOp::RMDIR, FileOp::RENAME_FROM};

// Directories, sockets and files without a name hold no data. A directory that was renamed brings its files along.
bool writes_data(FileOp op, const Writes& entry) {
  if (op == FileOp::RENAME_TO || op == FileOp::LINK_TO) return true;
  const FileOpTraits traits = file_op_traits(op);
  const bool is_dataless = entry.directory || entry.ops.contains(FileOp::BIND) || entry.ops.contains(FileOp::MKDIR);
  return !is_dataless && traits.name != Name::removes && traits.object != FileOpTraits::Object::place;
}

RunSet runs_that_wrote(const Trace& trace, const std::string& path, const Writes& entry) {
  RunSet runs;
  for (const FileOp op : entry.ops)
    if (writes_data(op, entry)) runs.insert(trace.files.at({path, op}).runs);
  return runs;
}

bool removed_by(const Trace& trace, const std::string& path, const RunId& id) {
  const auto run = trace.runs.find(id);
  if (run == trace.runs.end() || std::ranges::binary_search(run->second.remade, path)) return false;
  return std::ranges::any_of(kRemovals, [&](FileOp op) {
    const auto fact = trace.files.find({path, op});
    return fact != trace.files.end() && fact->second.runs.contains(id);
  });
}

// Whether the run removed the file, or a directory above it.
bool is_gone(const Trace& trace, const std::string& place, std::string path, const RunId& id) {
  for (; is_below(path, place); path = parent_directory(path))
    if (removed_by(trace, path, id)) return true;
  return false;
}

bool stays(const Trace& trace, const std::string& place, const std::string& path, const RunSet& runs) {
  return std::ranges::any_of(runs.sorted(), [&](const RunId& id) { return !is_gone(trace, place, path, id); });
}

std::string first_reread(const Trace& trace, const std::string& place) {
  std::string first;
  for (const auto& [id, run] : trace.runs)
    for (const std::string& path : run.reread) {
      const bool is_stale = may_be_lost(path) && is_of_a_process(path);
      if (is_below(path, place) && !is_stale && (first.empty() || path < first)) first = path;
    }
  return first;
}

bool is_read(FileOp op) {
  const FileOpTraits traits = file_op_traits(op);
  return op == FileOp::READ || traits.right == FileOpTraits::Right::execute || op == FileOp::MAP_EXEC;
}

bool was_made(const Trace& trace, const std::string& place, std::string path) {
  for (; is_below(path, place); path = parent_directory(path))
    for (auto fact = trace.files.lower_bound({path, FileOp{}}); fact != trace.files.end() && fact->first.path == path;
         ++fact)
      if (file_op_traits(fact->first.op).name == Name::makes) return true;
  return false;
}

bool on_root(const Trace& trace, const std::string& path, const RunSet& runs) {
  return std::ranges::any_of(runs.sorted(), [&](const RunId& id) {
    const auto run = trace.runs.find(id);
    return run != trace.runs.end() && lies_on_root(run->second, path) &&
           !std::ranges::binary_search(run->second.reread, path);
  });
}

// A file that was read and that no recorded run made is the image's.
std::string first_shipped(const Trace& trace, const std::string& place) {
  for (auto fact = trace.files.lower_bound({place + "/", FileOp{}}); fact != trace.files.end(); ++fact) {
    const std::string& path = fact->first.path;
    if (!is_below(path, place)) break;
    if (is_read(fact->first.op) && !fact->second.directory && on_root(trace, path, fact->second.runs) &&
        !was_made(trace, place, path))
      return path;
  }
  return "";
}

}  // namespace

KeptFiles look_for_kept_files(const Trace& trace, const std::string& place,
                              const std::map<std::string, Writes>& inside) {
  KeptFiles found;
  for (const auto& [path, entry] : inside) {
    const RunSet runs = runs_that_wrote(trace, path, entry);
    if (runs.empty() || may_be_lost(path)) continue;
    std::string& first = stays(trace, place, path, runs) ? found.kept : found.removed;
    if (first.empty()) first = path;
  }
  found.reread = first_reread(trace, place);
  found.shipped = first_shipped(trace, place);
  return found;
}

std::string kept_file(const Trace& trace, const std::string& place) {
  std::map<std::string, Writes> inside;
  for (const auto& [key, fact] : trace.files) {
    if (!file_op_writes(key.op) || !is_below(key.path, place) || is_python_bytecode(key.path)) continue;
    Writes& entry = inside[key.path];
    entry.ops.insert(key.op);
    entry.directory = entry.directory || fact.directory;
  }
  return look_for_kept_files(trace, place, inside).kept;
}

}  // namespace profilegen
