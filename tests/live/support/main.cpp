// SPDX-License-Identifier: Apache-2.0
// Checks first for what the suite needs. Catch2 version 2 can't skip cases, so the whole program ends with status 77.
#define CATCH_CONFIG_RUNNER
#include <unistd.h>

#include <catch2/catch.hpp>
#include <cstdlib>
#include <iostream>
#include <sstream>

#include "support/containers.h"
#include "support/recorded.h"

namespace {

bool is_there(const std::string& program) {
  return run_program({{"sh", "-c", "command -v " + program + " >/dev/null"}}).status == 0;
}

/// Says what is missing; empty if nothing is.
std::string missing() {
  if (geteuid() != 0) return "root";
  const Scratch scratch;
  const Outcome probe = scratch.profilegen({"record", "-o", "probe.json", "--", "true"});
  if (probe.status != 0) return "a kernel that lets profilegen record (it says: " + probe.err + ")";
  if (NEEDS_DOCKER && scratch.run({"docker", "version"}).status != 0) return "a Docker engine that answers";
  std::istringstream programs{NEEDS_PROGRAMS};
  for (std::string program; programs >> program;)
    if (!is_there(program)) return program + " (Debian's package of that name)";
  return "";
}

}  // namespace

int main(int argc, char** argv) {
  if (const std::string what = missing(); !what.empty()) {
    std::cout << "skipped, missing: " << what << "\n";
    return std::getenv("PROFILEGEN_REQUIRE_LIVE") ? 1 : 77;
  }
  return Catch::Session().run(argc, argv);
}
