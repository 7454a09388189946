// SPDX-License-Identifier: Apache-2.0
#include "late_containers.h"

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "cgroups.h"
#include "inspections.h"
#include "program.h"
#include "small_file.h"

namespace profilegen {
namespace {

namespace fs = std::filesystem;

std::vector<std::string> words_of(const std::string& text) {
  std::istringstream stream(text);
  std::vector<std::string> words;
  for (std::string word; stream >> word;) words.push_back(word);
  return words;
}

Result<std::vector<ContainerInfo>> running(const Engine& engine, std::vector<std::string> client) {
  auto list = client;
  list.insert(list.end(), {"ps", "--quiet", "--no-trunc"});
  const auto answer = run_program(list);
  if (!answer) return answer.error();
  const auto ids = words_of(*answer);
  if (ids.empty()) return std::vector<ContainerInfo>{};
  return inspect(engine, std::move(client), ids);
}

std::string first_line(const fs::path& path) {
  const std::string text = read_small_file(path);
  return text.substr(0, text.find('\n'));
}

// A call that a thread went into before it was recorded never shows a sys_enter.
void add_blocked_calls(Target& target, int pid) {
  std::error_code gone;
  for (const auto& thread : fs::directory_iterator("/proc/" + std::to_string(pid) + "/task", gone)) {
    const auto number = blocked_call(first_line(thread.path() / "syscall"));
    if (!number) continue;
    pg_first first{};
    first.ns = target.begin_ns;
    first.pid = static_cast<uint32_t>(pid);
    const std::string comm = first_line(thread.path() / "comm");
    std::copy_n(comm.begin(), std::min(comm.size(), sizeof first.program - 1), first.program);
    target.facts.syscalls.try_emplace({Phase::app, native_arch(), *number}, target.evidence(first));
  }
}

std::vector<int> processes_in(int pid, int hierarchy) {
  const auto path = cgroup_path(read_small_file("/proc/" + std::to_string(pid) + "/cgroup"), hierarchy);
  if (!path) return {pid};
  std::ifstream list((hierarchy == 0 ? "/sys/fs/cgroup" : "/sys/fs/cgroup/pids") + *path + "/cgroup.procs");
  std::vector<int> pids;
  for (int member = 0; list >> member;) pids.push_back(member);
  return pids;
}

bool is_recorded(const Targets& targets, const std::string& id) {
  return std::any_of(targets.begin(), targets.end(), [&](const auto& entry) { return entry.second->id == id; });
}

}  // namespace

std::optional<uint32_t> blocked_call(const std::string& text) {
  uint32_t number = 0;
  const auto parsed = std::from_chars(text.data(), text.data() + text.size(), number);
  if (parsed.ec != std::errc() || parsed.ptr == text.data() + text.size() || *parsed.ptr != ' ') return std::nullopt;
  return number;
}

Status attach_late(BpfSession& session, Targets& targets, const ContainerFilter& filter, const Engine& engine,
                   const std::vector<std::string>& client, int hierarchy, uint64_t begin_ns) {
  auto containers = running(engine, client);
  if (!containers) return containers.error();
  std::vector<Target*> attached;
  for (ContainerInfo& info : *containers) {
    if (!filter.matches(info) || info.pid == 0 || is_recorded(targets, info.subject.container_id)) continue;
    const auto cgroup = cgroup_of_process(info.pid, hierarchy);
    if (!cgroup) continue;
    const auto index = session.follow_cgroup(*cgroup);
    if (!index) return index.error();
    auto target = std::make_unique<Target>();
    target->index = *index;
    target->run = new_run_id();
    target->begin_ns = begin_ns;
    target->id = info.subject.container_id;
    target->wanted = Wanted::yes;
    target->late = true;
    look_into_process(*target, static_cast<uint32_t>(info.pid));
    target->info = std::move(info);
    attached.push_back(target.get());
    targets[*index] = std::move(target);
  }
  if (attached.empty()) return Done{};
  if (auto taken = session.take_in_running(); !taken) return taken;
  for (Target* target : attached)
    for (const int pid : processes_in(target->info->pid, hierarchy)) add_blocked_calls(*target, pid);
  return Done{};
}

}  // namespace profilegen
