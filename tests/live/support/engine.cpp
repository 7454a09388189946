// SPDX-License-Identifier: Apache-2.0
#include "support/engine.h"

#include <catch2/catch.hpp>
#include <csignal>
#include <cstdlib>
#include <fstream>

namespace {

constexpr const char* kHost = "DOCKER_HOST";

// crun does not run if both versions of cgroups are mounted, so version 2 is unmounted.
constexpr const char* kScript = R"(
if mountpoint -q /sys/fs/cgroup/unified; then umount /sys/fs/cgroup/unified; fi
if crun=$(command -v crun); then set -- "$@" --add-runtime "crun=$crun"; fi
exec dockerd --bridge none --iptables=false --host "unix://$PWD/engine/socket" --data-root "$PWD/engine/data" \
  --exec-root "$PWD/engine/exec" --pidfile "$PWD/engine/pid" "$@"
)";

// In namespaces of its own: an engine without a bridge would remove docker0 for all others, and it leaves file systems
// mounted.
const Words kPrivately{"unshare", "--net", "--mount", "sh", "-ec", kScript, "dockerd"};

}  // namespace

OwnEngine::OwnEngine(const Scratch& scratch, const Words& launcher, const Words& images, const Words& options)
    : scratch_(scratch), directory_(scratch.path() + "/engine") {
  const char* outer = std::getenv(kHost);
  outer_host_ = outer ? outer : "";
  const std::string archive = scratch.path() + "/images.tar";
  REQUIRE(scratch.run(Words{"docker", "save", "--output", archive} + images).status == 0);
  REQUIRE(scratch.run({"mkdir", directory_}).status == 0);
  setenv(kHost, ("unix://" + directory_ + "/socket").c_str(), 1);
  daemon_ = std::make_unique<Background>(scratch, launcher + kPrivately + options, "engine.out");
  const bool up = wait_until([&] { return !daemon_->runs() || scratch.run({"docker", "version"}).status == 0; });
  const Outcome loaded = up && daemon_->runs() ? scratch.run({"docker", "load", "--input", archive}) : Outcome{};
  if (loaded.status == 0) return;
  stop();  // the destructor will not run
  FAIL("the engine does not start: " << scratch.read("engine.out"));
}

OwnEngine::~OwnEngine() { stop(); }

int OwnEngine::status(const std::string& name) const {
  std::ifstream file("/proc/" + scratch_.read("engine/pid") + "/status");
  for (std::string line; std::getline(file, line);)
    if (line.starts_with(name + ":")) return std::stoi(line.substr(name.size() + 1));
  return -1;
}

void OwnEngine::stop() {
  daemon_->send(SIGTERM);
  (void)wait_until([&] { return !daemon_->runs(); });
  daemon_.reset();
  if (outer_host_.empty())
    unsetenv(kHost);
  else
    setenv(kHost, outer_host_.c_str(), 1);
}
