// SPDX-License-Identifier: Apache-2.0
#include "support/engine_flags.h"

#include <fmt/format.h>

#include "support/docker_words.h"
#include "support/hole_flags.h"
#include "support/hole_mounts.h"
#include "support/registry.h"

namespace profilegen {
namespace {

Status check_directory(const std::string& directory, const std::string& file) {
  if (directory.empty()) return Error{file, "points to seccomp.json", "pass the bundle's directory with -o"};
  if (survives_word_splitting(directory)) return Done{};
  return Error{directory, "has white space or pattern characters and cannot be used in " + file, "choose another -o"};
}

// Without a read-only root everything is writable already, and a hole would only hide the image's content.
std::string mount_flags(const Profile& profile, const EngineWays& ways) {
  if (!profile.read_only_root) return "";
  std::string text(ways.read_only);
  for (const auto& [path, hole] : hole_mounts(profile)) text += hole_flag(path, hole, ways.tmpfs) + "\n";
  return text;
}

}  // namespace

std::string seccomp_path(const EmitInput& input) {
  return fmt::format("{}{}seccomp.json", input.directory, input.directory.ends_with('/') ? "" : "/");
}

Result<std::string> engine_flags(const EmitInput& input, const EngineWays& ways) {
  if (Status container = require_container(input.profile, ways.file); !container) return container.error();
  if (Status directory = check_directory(input.directory, ways.file); !directory) return directory.error();
  if (Status holes = require_flag_paths(input.profile); !holes) return holes.error();
  const Result<std::string> capabilities = emit_caps(input);
  if (!capabilities) return capabilities.error();
  std::string text = fmt::format("--security-opt=seccomp={}\n", seccomp_path(input));
  if (input.profile.no_new_privileges) text += "--security-opt=no-new-privileges\n";
  return text + *capabilities + mount_flags(input.profile, ways);
}

}  // namespace profilegen
