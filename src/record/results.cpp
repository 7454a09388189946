// SPDX-License-Identifier: Apache-2.0
#include "results.h"

#include <algorithm>
#include <memory>

#include "containers/runtime_versions.h"
#include "run_description.h"

namespace profilegen {
namespace {

std::string base_name(const std::string& path) { return path.substr(path.find_last_of('/') + 1); }

Trace take_trace(Target& target, Run run) {
  Trace trace = std::move(target.facts);
  trace.runs[target.run] = std::move(run);
  return trace;
}

FileRows rows_of(FileFacts files) {
  return [held = std::make_shared<FileFacts>(std::move(files))](const FileRow& row) { held->each(row); };
}

// If the entrypoint could not be executed, all calls are the runtime's and say nothing about the application.
bool has_run(const Target& target) {
  const auto is_application = [](const auto& fact) { return fact.first.phase == Phase::app; };
  return target.late || std::ranges::any_of(target.facts.syscalls, is_application);
}

// All starts of one container.
struct Starts {
  Recording recording;
  FileFacts files;
  FileFacts refused;
};
using StartsById = std::map<std::string, Starts>;

// Two containers can have the same name one after the other.
std::string unique_name(const StartsById& taken, const Subject& subject) {
  const std::string name = subject.container_name.empty() ? subject.container_id.substr(0, 12) : subject.container_name;
  const bool used = std::ranges::any_of(taken, [&](const auto& one) { return one.second.recording.name == name; });
  return used ? name + "." + subject.container_id.substr(0, 12) : name;
}

void join(FileFacts& into, FileFacts files) {
  if (into.is_empty())
    into = std::move(files);
  else
    files.each([&into](const FileKey& key, const FileFact& fact) { into.add(key.path, key.op, fact); });
}

// Run ids are unique, so merging can't join two different runs.
void join(Starts& into, const Trace& trace, Target& target) {
  auto merged = merge_traces(std::move(into.recording.trace), trace);
  if (merged) into.recording.trace = std::move(*merged);
  join(into.files, std::move(target.files));
  join(into.refused, std::move(target.refused));
  std::ranges::move(target.stacks, std::back_inserter(into.recording.stacks));
}

}  // namespace

std::vector<Recording> tree_recordings(Targets& targets, const BpfSession& session,
                                       const std::vector<std::string>& command) {
  std::vector<Recording> recordings;
  for (auto& [index, target] : targets) {
    Run run = describe_run(*target, session);
    run.subject.command = command;
    Trace trace = take_trace(*target, std::move(run));
    recordings.push_back({base_name(command.front()), std::move(trace), rows_of(std::move(target->files)),
                          rows_of(std::move(target->refused)), std::move(target->stacks)});
  }
  return recordings;
}

std::vector<Recording> container_recordings(Targets& targets, const BpfSession& session, EngineVersions& versions) {
  StartsById by_id;
  for (auto& [index, target] : targets) {
    if (target->wanted != Wanted::yes || !has_run(*target)) continue;
    Run run = describe_run(*target, session);
    versions.complete(run.subject);
    if (by_id.count(target->id) == 0) {
      std::string name = unique_name(by_id, run.subject);
      by_id[target->id].recording.name = std::move(name);
    }
    join(by_id[target->id], take_trace(*target, std::move(run)), *target);
  }
  std::vector<Recording> recordings;
  for (auto& [id, starts] : by_id) {
    starts.recording.files = rows_of(std::move(starts.files));
    starts.recording.refused = rows_of(std::move(starts.refused));
    recordings.push_back(std::move(starts.recording));
  }
  std::sort(recordings.begin(), recordings.end(),
            [](const Recording& a, const Recording& b) { return a.name < b.name; });
  return recordings;
}

}  // namespace profilegen
