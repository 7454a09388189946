// SPDX-License-Identifier: Apache-2.0
// Not in docker.flags: Docker refuses to start the container unless apparmor_parser has loaded the profile first.
#include "support/incomplete.h"
#include "support/registry.h"

namespace profilegen {

Result<std::string> emit_docker_apparmor(const EmitInput& input) {
  if (Status container = require_container(input.profile, "docker-apparmor.flags"); !container) {
    return container.error();
  }
  return "--security-opt=apparmor=" + apparmor_profile_name(input.profile) + "\n" + incomplete_flag(input.profile);
}

}  // namespace profilegen
