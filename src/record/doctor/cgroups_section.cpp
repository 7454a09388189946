// SPDX-License-Identifier: Apache-2.0
#include <unistd.h>

#include "containers/cgroups.h"
#include "doctor/sections.h"
#include "profilegen/process/small_file.h"

namespace profilegen {
namespace {

bool exists(const std::string& path) { return access(path.c_str(), F_OK) == 0; }

std::string layout(const std::string& mount) {
  if (exists(mount + "/cgroup.controllers")) return "v2";
  if (exists(mount + "/unified/cgroup.controllers")) return "hybrid (v1, with an empty v2 hierarchy)";
  return exists(mount + "/pids") ? "v1" : "";
}

}  // namespace

Findings examine_cgroups(const Machine& machine) {
  const std::string mount = machine.sys + "/fs/cgroup";
  const std::string found = layout(mount);
  const int hierarchy = container_hierarchy(read_small_file(machine.proc + "/self/cgroup"));
  if (found.empty())
    return {{"cgroups", "layout", Health::limited, mount + " is not mounted",
             "containers that were running before the recording; new ones are recorded",
             "mount -t cgroup2 none " + mount}};
  const std::string which = hierarchy == 0 ? "the v2 hierarchy" : "the pids hierarchy of v1";
  return {{"cgroups", "layout", Health::ok, found + "; containers are told apart by " + which, "", ""}};
}

}  // namespace profilegen
