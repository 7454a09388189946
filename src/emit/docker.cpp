// SPDX-License-Identifier: Apache-2.0
// What the bundle adds to the user's own `docker run`: never that command's mounts, ports or environment, since Docker
// refuses a repeated -v. Used as `docker run $(cat DIR/docker.flags) IMAGE`, so there is no quoting.
#include <fmt/format.h>

#include "support/docker_words.h"
#include "support/hole_flags.h"
#include "support/registry.h"

namespace profilegen {
namespace {

Status check_directory(const std::string& directory) {
  if (directory.empty()) return Error{"docker.flags", "points to seccomp.json", "pass the bundle's directory with -o"};
  if (survives_word_splitting(directory)) return Done{};
  return Error{directory, "has white space or pattern characters and cannot be used in docker.flags",
               "choose another -o"};
}

// Analysis has raised such holes to a directory above; this holds also for profiles that were edited or written by
// hand.
Status check_holes(const Profile& profile) {
  for (const auto& [path, hole] : profile.holes) {
    if (!is_flag_path(path)) {
      return Error{path, "is a writable hole that Docker's flags cannot express",
                   "replace it in the profile by a directory above it"};
    }
  }
  return Done{};
}

std::string security_flags(const EmitInput& input) {
  const char* slash = input.directory.ends_with('/') ? "" : "/";
  std::string text = fmt::format("--security-opt=seccomp={}{}seccomp.json\n", input.directory, slash);
  if (input.profile.no_new_privileges) text += "--security-opt=no-new-privileges\n";
  return text;
}

// Without a read-only root everything is writable as it is, and a hole would only hide what the image ships.
std::string mount_flags(const Profile& profile) {
  if (!profile.read_only_root) return "";
  std::string text = "--read-only\n";
  for (const auto& [path, hole] : profile.holes) text += hole_flag(path, hole) + "\n";
  return text;
}

}  // namespace

Result<std::string> emit_docker(const EmitInput& input) {
  if (Status container = require_container(input.profile, "docker.flags"); !container) return container.error();
  if (Status directory = check_directory(input.directory); !directory) return directory.error();
  if (Status holes = check_holes(input.profile); !holes) return holes.error();
  const Result<std::string> capabilities = emit_caps(input);
  if (!capabilities) return capabilities.error();
  return security_flags(input) + *capabilities + mount_flags(input.profile);
}

}  // namespace profilegen
