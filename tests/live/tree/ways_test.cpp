// SPDX-License-Identifier: Apache-2.0
// Descendants that change process, root, namespace or cgroup stay in the recording.
#include <algorithm>
#include <catch2/catch.hpp>
#include <filesystem>

#include "support/containers.h"

using namespace profilegen;
namespace fs = std::filesystem;

namespace {

// Called by one program only.
const std::string kCall = "sched_get_priority_min";
const Words kChild{prog("spawn_ways"), "child"};

void check_seen(const Words& command) {
  const Scratch scratch;
  CAPTURE(command);
  const Trace trace = scratch.record(command);
  CHECK(app_calls(trace).count(kCall) == 1);
  CHECK(only_run(trace).marks.empty());
}

// The directory of cgroups in the hierarchy that distinguishes containers.
std::string control_groups() {
  return fs::exists("/sys/fs/cgroup/cgroup.procs") ? "/sys/fs/cgroup" : "/sys/fs/cgroup/pids";
}

}  // namespace

TEST_CASE("A child is recorded that posix_spawn made, that a thread became, or whose parent has died") {
  for (const char* way : {"spawn", "thread", "die"}) check_seen({prog("spawn_ways"), way});
}

TEST_CASE("A descendant is recorded in namespaces and roots of its own") {
  check_seen(Words{"unshare", "--mount", "--uts", "--ipc", "--net", "--cgroup"} + kChild);
  check_seen(Words{"unshare", "--user", "--map-root-user", "--mount"} + kChild);
  check_seen(Words{"chroot", "/"} + kChild);
  // bwrap makes its root with pivot_root, and runs a process of its own as the first one of a pid namespace. Its mounts
  // change faster than names can be resolved, so a hook that records names counts losses.
  const Scratch scratch;
  const Outcome outcome = scratch.profilegen(
      Words{"record", "--", "bwrap", "--bind", "/", "/", "--dev", "/dev", "--unshare-pid", "--die-with-parent"} +
      kChild);
  INFO(outcome.err);
  REQUIRE(outcome.status == 0);
  const auto trace = load_trace(scratch.path() + "/profilegen-trace.json");
  REQUIRE(trace);
  CHECK(app_calls(*trace).count(kCall) == 1);
  const auto& hooks = only_run(*trace).hooks;
  const bool by_name = std::any_of(hooks.begin(), hooks.end(),
                                   [](const HookUse& use) { return use.fact == "files" && use.hook == "sys_exit"; });
  std::set<std::string> lost;
  for (const auto& [counter, events] : only_run(*trace).loss) lost.insert(counter);
  CHECK(without(lost, by_name ? std::set<std::string>{"paths"} : std::set<std::string>{}) == std::set<std::string>{});
}

TEST_CASE("A descendant is recorded as another user, and in another control group") {
  check_seen(Words{"setpriv", "--reuid", "65534", "--regid", "65534", "--clear-groups"} + kChild);
  check_seen({prog("own_cgroup"), control_groups()});
}
