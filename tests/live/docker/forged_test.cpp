// SPDX-License-Identifier: Apache-2.0
// A user to whom a cgroup was delegated can name one below it like a container's, and keep files like an engine's.
#include <catch2/catch.hpp>
#include <filesystem>

#include "support/containers.h"

using namespace profilegen;
namespace fs = std::filesystem;

namespace {

// forge.sh BASE ID: user 1000 runs a program in BASE/docker-ID.scope, from a directory that says it is "web1".
constexpr const char* kForge = R"(
set -e
base=$1 id=$2 name=$3 place=$PWD/forged/$2
mkdir -p "$base" "$place"
echo "{\"process\":{\"args\":[\"evil\"]},\"mounts\":[{\"source\":\"$place/hosts\",\"destination\":\"/etc/hosts\"}]}" \
  >"$place/config.json"
echo "{\"ID\":\"$id\",\"Name\":\"/$name\",\"Config\":{\"Image\":\"nginx\"}}" >"$place/config.v2.json"
echo '{}' >"$place/hostconfig.json"
chown -R 1000:1000 forged
chown 1000:1000 "$base" "$base/cgroup.procs"
cd "$place"
sh -c 'echo $$ >'"$base"'/cgroup.procs; exec setpriv --reuid=1000 --regid=1000 --clear-groups sh -c "
  mkdir '"$base/docker-$id.scope"'
  sh -c \"echo \\\$\\\$ >'"$base/docker-$id.scope"'/cgroup.procs; unshare -Urm sh -c \\\"sleep 1; ls /\\\"; true\""'
)";

}  // namespace

TEST_CASE("A container that another user forges is never recorded under the name that it claims") {
  const Scratch scratch;
  const Container real(scratch, {}, "profilegen-test/busybox", {"sleep", "60"});
  const std::string base =
      std::string(fs::exists("/sys/fs/cgroup/pids") ? "/sys/fs/cgroup/pids" : "/sys/fs/cgroup") + "/forged-cgroup";
  scratch.write("forge.sh", kForge);
  scratch.write("both.sh", "sh forge.sh " + base + " " + std::string(64, 'a') + " ../../led; sh forge.sh " + base +
                               " $(docker inspect --format '{{.Id}}' " + real.name() + ") web1; rmdir " + base +
                               "/*.scope " + base + "; true");
  fs::permissions(scratch.path(), fs::perms(0755));
  const Outcome outcome = scratch.profilegen({"record", "--all-containers", "-o", "traces/", "--", "sh", "both.sh"});
  INFO(outcome.err);
  REQUIRE(outcome.status == 0);
  CHECK_FALSE(scratch.exists("traces/web1.trace.json"));
  CHECK_FALSE(fs::exists(fs::path(scratch.path()).parent_path() / "led.uid1000.trace.json"));
  CHECK(scratch.exists("traces/" + real.name() + ".trace.json"));
  size_t forged = 0;
  for (const auto& entry : fs::directory_iterator(scratch.path() + "/traces")) {
    const std::string name = entry.path().filename();
    if (name.starts_with("docker-") || name.find(".uid1000") != std::string::npos) ++forged;
  }
  CHECK(forged == 2);
  CHECK_THAT(outcome.err, !Catch::Contains("started 2 times"));
}
