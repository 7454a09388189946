// SPDX-License-Identifier: Apache-2.0
#include "late_containers.h"

#include <algorithm>
#include <cerrno>
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
  std::vector<ContainerInfo> containers;
  if (ids.empty()) return containers;
  auto all = inspect(engine, client, ids);
  if (all) return all;
  // One that has gone since fails the question about all.
  for (const std::string& id : ids)
    if (auto one = inspect(engine, client, {id})) containers.push_back(std::move(one->front()));
  return containers;
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

// proc(5): 2 is SECCOMP_MODE_FILTER.
bool is_confined(int pid) {
  return read_small_file("/proc/" + std::to_string(pid) + "/status").find("\nSeccomp:\t2\n") != std::string::npos;
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

LateContainers::LateContainers(BpfSession& session, Targets& targets, const Engine& engine,
                               std::vector<std::string> client, uint64_t begin_ns)
    : session_(session),
      targets_(targets),
      engine_(engine),
      client_(std::move(client)),
      hierarchy_(container_hierarchy(read_small_file("/proc/self/cgroup"))),
      begin_ns_(begin_ns) {}

Status LateContainers::register_running(const ContainerFilter& filter) {
  auto containers = running(engine_, client_);
  if (!containers) return containers.error();
  for (ContainerInfo& info : *containers) {
    if (!filter.matches(info) || info.pid == 0 || is_recorded(targets_, info.subject.container_id)) continue;
    const auto cgroup = cgroup_of_process(info.pid, hierarchy_);
    if (!cgroup) continue;  // it has stopped meanwhile
    const auto index = session_.follow_cgroup(*cgroup);
    if (!index && index.error().errnum == EEXIST) continue;  // it started under our eyes
    if (!index) return index.error();
    add(*index, std::move(info));
  }
  return Done{};
}

void LateContainers::add(uint32_t index, ContainerInfo info) {
  auto target = std::make_unique<Target>();
  target->index = index;
  target->run = new_run_id();
  target->begin_ns = begin_ns_;
  target->id = info.subject.container_id;
  target->wanted = Wanted::yes;
  target->asked = true;
  target->late = true;
  target->unconfined = !is_confined(info.pid);
  look_into_process(*target, static_cast<uint32_t>(info.pid));
  target->info = std::move(info);
  attached_.push_back(target.get());
  targets_[index] = std::move(target);
}

Status LateContainers::take_in() {
  if (attached_.empty()) return Done{};
  if (auto taken = session_.take_in_running(); !taken) return taken;
  for (Target* target : attached_)
    for (const int pid : processes_in(target->info->pid, hierarchy_)) add_blocked_calls(*target, pid);
  return Done{};
}

}  // namespace profilegen
