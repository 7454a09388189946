// SPDX-License-Identifier: Apache-2.0
#include "events/withheld_gains.h"

#include <sys/stat.h>
#include <sys/statvfs.h>

#include <sstream>

#include "files/executable.h"
#include "files/file_capabilities.h"
#include "profilegen/process/process_status.h"

namespace profilegen {
namespace {

uint64_t set_in(const std::string& status, const std::string& name) {
  return std::strtoull(status_field(status, name).c_str(), nullptr, 16);
}

struct Ids {
  uint32_t real = 0;
  uint32_t effective = 0;
};

/// Those in this line of proc_pid_status(5).
Ids ids_in(const std::string& status, const std::string& name) {
  std::istringstream line(status_field(status, name));
  Ids ids;
  line >> ids.real >> ids.effective;
  return ids;
}

/// Whether it would be somebody else now, if its set-id bits had counted.
bool lacks_identity(int file, const std::string& status) {
  struct stat program {};
  struct statvfs mount {};
  if (fstat(file, &program) != 0 || fstatvfs(file, &mount) != 0 || (mount.f_flag & ST_NOSUID) != 0) return false;
  const bool set_group = (program.st_mode & S_ISGID) != 0 && (program.st_mode & S_IXGRP) != 0;
  return ((program.st_mode & S_ISUID) != 0 && ids_in(status, "Uid").effective != program.st_uid) ||
         (set_group && ids_in(status, "Gid").effective != program.st_gid);
}

// Root has all that its bounding set allows anyway; by now it may have given some up.
bool lacks_capabilities(uint64_t of_file, uint32_t root, const std::string& status) {
  return ids_in(status, "Uid").real != root && (of_file & set_in(status, "CapBnd") & ~set_in(status, "CapPrm")) != 0;
}

}  // namespace

void add_withheld_gain(LiveRun& live, const pg_file_event& event, const std::string& path) {
  if ((event.ops & 1U << PG_OP_EXEC) == 0) return;
  const std::string status = process_status(static_cast<int>(event.first.pid));
  if (status_field(status, "NoNewPrivs") != "1") return;
  const auto withheld = live.paths.read(path, [status, root = live.root_user](const UniqueFd& file) {
    const uint64_t capabilities = file_capabilities(file.get(), root).permitted;
    if (capabilities == 0 && !look_at_executable(file.get()).changes_identity) return false;
    return lacks_identity(file.get(), status) || lacks_capabilities(capabilities, root, status);
  });
  if (withheld.value_or(false)) live.refused.add(path, FileOp::EXEC_SETID, {live.evidence(event.first), "", false});
}

}  // namespace profilegen
