// SPDX-License-Identifier: Apache-2.0
#include "late_containers.h"

#include <algorithm>
#include <cerrno>
#include <sstream>

#include "containers/cgroups.h"
#include "containers/inspections.h"
#include "events/blocked_calls.h"
#include "profilegen/process/helper_process.h"
#include "profilegen/process/process_status.h"

namespace profilegen {
namespace {

std::vector<std::string> words_of(const std::string& text) {
  std::istringstream stream(text);
  std::vector<std::string> words;
  for (std::string word; stream >> word;) words.push_back(word);
  return words;
}

Result<std::vector<ContainerInfo>> running(const EngineClient& engine) {
  auto list = engine.client;
  list.insert(list.end(), {"ps", "--quiet", "--no-trunc"});
  const auto answer = run_helper(list);
  if (!answer) return answer.error();
  const auto ids = words_of(*answer);
  std::vector<ContainerInfo> containers;
  if (ids.empty()) return containers;
  auto all = inspect(engine, ids);
  if (all) return all;
  // If one container is gone by now, the question about all of them fails, so each is asked about alone.
  for (const std::string& id : ids)
    if (auto one = inspect(engine, {id})) containers.push_back(std::move(one->front()));
  return containers;
}

// proc(5): 2 is SECCOMP_MODE_FILTER.
bool is_confined(int pid) { return status_field(process_status(pid), "Seccomp") == "2"; }

bool is_recorded(const LiveRuns& runs, const std::string& id) {
  return std::any_of(runs.begin(), runs.end(), [&](const auto& entry) { return entry.second->id == id; });
}

}  // namespace

LateContainers::LateContainers(BpfSession& session, LiveRuns& runs, const std::vector<EngineClient>& engines,
                               uint64_t begin_ns)
    : session_(session), runs_(runs), engines_(engines), hierarchy_(container_hierarchy()), begin_ns_(begin_ns) {}

// Fails only if no engine answered.
Status LateContainers::register_running(const ContainerFilter& filter) {
  Status asked = Done{};
  bool answered = false;
  for (const EngineClient& engine : engines_) {
    auto containers = running(engine);
    answered = answered || containers;
    if (!containers) asked = containers.error();
    if (!containers) continue;
    for (ContainerInfo& info : *containers)
      if (filter.matches(info))
        if (auto done = register_container(std::move(info)); !done) return done;
  }
  return answered ? Done{} : asked;
}

Status LateContainers::register_container(ContainerInfo info) {
  if (info.pid == 0 || is_recorded(runs_, info.subject.container_id)) return Done{};
  const auto cgroup = cgroup_of_process(info.pid, hierarchy_);
  if (!cgroup) return Done{};  // it has stopped by now
  const auto index = session_.follow_cgroup(*cgroup);
  if (!index && index.error().errnum == EEXIST) return Done{};  // it started just now and is recorded already
  if (!index) return index.error();
  add(*index, std::move(info));
  return Done{};
}

void LateContainers::add(uint32_t index, ContainerInfo info) {
  auto live = std::make_unique<LiveRun>();
  live->index = index;
  live->run = new_run_id();
  live->begin_ns = begin_ns_;
  live->id = info.subject.container_id;
  live->wanted = Wanted::yes;
  live->asked = true;
  live->late = true;
  live->unconfined = !is_confined(info.pid);
  look_into_process(*live, static_cast<uint32_t>(info.pid));
  live->info = std::move(info);
  any_ = true;
  runs_[index] = std::move(live);
}

Status LateContainers::take_in() {
  if (!any_) return Done{};
  auto taken = session_.take_in_running();
  if (!taken) return taken.error();
  add_blocked_calls(runs_, *taken);
  return Done{};
}

}  // namespace profilegen
