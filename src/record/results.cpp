// SPDX-License-Identifier: Apache-2.0
#include "results.h"

#include <algorithm>

#include "run_description.h"
#include "runtime_versions.h"

namespace profilegen {
namespace {

std::string base_name(const std::string& path) { return path.substr(path.find_last_of('/') + 1); }

Trace take_trace(Target& target, Run run) {
  Trace trace = std::move(target.facts);
  trace.runs[target.run] = std::move(run);
  return trace;
}

// One whose entrypoint could not be executed has calls of the runtime only, which say nothing about the application.
bool has_run(const Target& target) {
  const auto is_application = [](const auto& fact) { return fact.first.phase == Phase::app; };
  return target.late || std::ranges::any_of(target.facts.syscalls, is_application);
}

// Two containers can have had one name, one after the other.
std::string unique_name(const std::vector<Recording>& taken, const Subject& subject) {
  const std::string name = subject.container_name.empty() ? subject.container_id.substr(0, 12) : subject.container_name;
  const bool used =
      std::any_of(taken.begin(), taken.end(), [&](const Recording& recording) { return recording.name == name; });
  return used ? name + "." + subject.container_id.substr(0, 12) : name;
}

}  // namespace

std::vector<Recording> tree_recordings(Targets& targets, const BpfSession& session,
                                       const std::vector<std::string>& command) {
  std::vector<Recording> recordings;
  for (auto& [index, target] : targets) {
    Run run = describe_run(*target, session);
    run.subject.command = command;
    recordings.push_back({base_name(command.front()), take_trace(*target, std::move(run))});
  }
  return recordings;
}

std::vector<Recording> container_recordings(Targets& targets, const BpfSession& session, const Engine& engine,
                                            const std::vector<std::string>& client) {
  std::map<std::string, Recording> by_id;
  std::vector<Recording> recordings;
  std::optional<RuntimeVersions> versions;
  for (auto& [index, target] : targets) {
    if (target->wanted != Wanted::yes || !has_run(*target)) continue;
    if (!versions) versions.emplace(engine, client);
    Run run = describe_run(*target, session);
    run.subject.engine = engine.name;
    versions->complete(run.subject);
    const Subject subject = run.subject;
    Trace trace = take_trace(*target, std::move(run));
    const auto [known, is_new] = by_id.try_emplace(target->id);
    if (is_new) known->second.name = unique_name(recordings, subject);
    // Run ids are new, so a merge can't find two different runs under one.
    auto merged = merge_traces(std::move(known->second.trace), trace);
    if (merged) known->second.trace = std::move(*merged);
    if (is_new) recordings.push_back({known->second.name, {}});
  }
  recordings.clear();
  for (auto& [id, recording] : by_id) recordings.push_back(std::move(recording));
  std::sort(recordings.begin(), recordings.end(),
            [](const Recording& a, const Recording& b) { return a.name < b.name; });
  return recordings;
}

}  // namespace profilegen
