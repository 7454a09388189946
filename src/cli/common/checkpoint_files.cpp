// SPDX-License-Identifier: Apache-2.0
#include "checkpoint_files.h"

#include <sys/stat.h>

#include <cerrno>
#include <filesystem>

namespace profilegen::cli {
namespace {

namespace fs = std::filesystem;

constexpr const char* kEnding = ".trace.json";

Status save_one(const Recording& recording, const std::string& path) {
  return save_trace(recording.trace, recording.files, path);
}

}  // namespace

std::string trace_file_name(const std::string& recording) {
  std::string safe = recording.empty() ? "recording" : recording;
  for (char& c : safe)
    if (c == '/' || c == '\0') c = '_';
  return safe + kEnding;
}

CheckpointFiles::CheckpointFiles(const std::string& output) {
  std::error_code ignored;
  const fs::file_status status = fs::status(output, ignored);
  if (output == "-" || (fs::exists(status) && !fs::is_regular_file(status) && !fs::is_directory(status))) return;
  path_ = output.substr(0, output.find_last_not_of('/') + 1);
  if (!path_.empty()) path_ += ".checkpoint";
}

bool CheckpointFiles::is_left() const {
  std::error_code ignored;
  return !path_.empty() && fs::exists(path_, ignored);
}

Status CheckpointFiles::save(const RecordOutcome& outcome) const {
  std::error_code ignored;
  if (is_left() && fs::is_directory(path_, ignored) != outcome.containers) remove();
  if (!outcome.containers) return save_one(outcome.recordings.front(), path_);
  if (mkdir(path_.c_str(), 0777) != 0 && errno != EEXIST) return Error{path_, "can't be made", "", errno};
  for (const Recording& recording : outcome.recordings)
    if (Status saved = save_one(recording, path_ + "/" + trace_file_name(recording.name)); !saved) return saved;
  return Done{};
}

void CheckpointFiles::remove() const {
  std::error_code ignored;
  if (fs::is_directory(path_, ignored))
    for (fs::directory_iterator entry(path_, ignored), end; !ignored && entry != end; entry.increment(ignored))
      if (std::error_code kept; entry->path().string().ends_with(kEnding)) fs::remove(entry->path(), kept);
  fs::remove(path_, ignored);  // removes a directory only when it is empty
}

}  // namespace profilegen::cli
