// SPDX-License-Identifier: Apache-2.0
// An override file that Compose merges into the user's own file. It only has keys that add to a service. The filter's
// path is relative to the directory of the user's file (Compose specification: "security_opt", "tmpfs", "volumes").
#include <fmt/format.h>
#include <yaml-cpp/yaml.h>

#include "support/capability_names.h"
#include "support/engine_flags.h"
#include "support/hole_flags.h"
#include "support/hole_mounts.h"
#include "support/incomplete.h"
#include "support/registry.h"

namespace profilegen {
namespace {

// Escapes '$': Compose replaces $NAME by the value from the environment.
std::string literal(const std::string& text) {
  std::string doubled;
  for (const char letter : text) doubled += letter == '$' ? "$$" : std::string(1, letter);
  return doubled;
}

void add_list(YAML::Node& service, const char* key, const std::vector<std::string>& items) {
  for (const std::string& item : items) service[key].push_back(literal(item));
}

void add_mounts(YAML::Node& service, const Profile& profile) {
  if (!profile.read_only_root) return;
  service["read_only"] = true;
  std::vector<std::string> tmpfs;
  std::vector<std::string> volumes;
  for (const auto& [path, hole] : hole_mounts(profile)) {
    if (hole.kind == HoleKind::volume) volumes.push_back(path);
    if (hole.kind == HoleKind::tmpfs) tmpfs.push_back(path + ":" + tmpfs_options(hole));
  }
  add_list(service, "tmpfs", tmpfs);
  add_list(service, "volumes", volumes);
}

}  // namespace

Result<std::string> emit_compose(const EmitInput& input) {
  const Profile& profile = input.profile;
  if (Status container = require_container(profile, "compose.yaml"); !container) return container.error();
  if (input.directory.empty())
    return Error{"compose.yaml", "points to seccomp.json", "pass the bundle's directory with -o"};
  if (Status holes = require_flag_paths(profile); !holes) return holes.error();
  YAML::Node service;
  add_list(service, "security_opt", {"seccomp=" + seccomp_path(input)});
  if (profile.no_new_privileges) add_list(service, "security_opt", {"no-new-privileges:true"});
  add_list(service, "cap_drop", {"ALL"});
  add_list(service, "cap_add", named_capabilities(profile));
  add_mounts(service, profile);
  YAML::Node root;
  root["services"][input.name] = service;
  return fmt::format("{}{}\n", incomplete_header(profile), YAML::Dump(root));
}

}  // namespace profilegen
