// SPDX-License-Identifier: Apache-2.0
#include "results.h"

#include <algorithm>
#include <memory>

#include "containers/runtime_versions.h"
#include "run_description.h"

namespace profilegen {
namespace {

std::string base_name(const std::string& path) { return path.substr(path.find_last_of('/') + 1); }

Trace take_trace(LiveRun& live, Run run) {
  Trace trace = std::move(live.facts);
  trace.runs[live.run] = std::move(run);
  return trace;
}

FileRows rows_of(FileFacts files) {
  return [held = std::make_shared<FileFacts>(std::move(files))](const FileRow& row) { held->each(row); };
}

// If the entrypoint could not be executed, all calls are the runtime's and say nothing about the application.
bool has_run(const LiveRun& live) {
  const auto is_application = [](const auto& fact) { return fact.first.phase == Phase::app; };
  return live.late || std::ranges::any_of(live.facts.syscalls, is_application);
}

bool was_not_permitted(const LiveRun& live) {
  return !has_run(live) && !(live.file_demands.empty() && live.refused.is_empty());
}

// All starts of one container.
struct Starts {
  Recording recording;
  FileFacts files;
  FileFacts refused;
  FileFacts barred;
};
using StartsById = std::map<std::string, Starts>;

// Two containers can have the same name one after the other.
std::string unique_name(const StartsById& taken, const Subject& subject) {
  const bool known = container_id_in(subject.container_id) == subject.container_id;  // else it is a cgroup's name
  const std::string id = known ? subject.container_id.substr(0, 12) : subject.container_id;
  const std::string name = subject.container_name.empty() ? id : subject.container_name;
  const bool used = std::ranges::any_of(taken, [&](const auto& one) { return one.second.recording.name == name; });
  return used ? name + "." + id : name;
}

void join(FileFacts& into, FileFacts files) {
  if (into.is_empty())
    into = std::move(files);
  else
    files.each([&into](const FileKey& key, const FileFact& fact) { into.add(key.path, key.op, fact); });
}

// Run ids are unique, so merging can't join two different runs.
void join(Starts& into, const Trace& trace, LiveRun& live) {
  auto merged = merge_traces(std::move(into.recording.trace), trace);
  if (merged) into.recording.trace = std::move(*merged);
  join(into.files, std::move(live.files));
  join(into.refused, std::move(live.refused));
  join(into.barred, std::move(live.barred));
  std::ranges::move(live.denied_arguments, std::back_inserter(into.recording.refused.arguments));
  into.recording.refused.given_up.merge(live.given_up);
  std::ranges::move(live.stacks, std::back_inserter(into.recording.stacks));
}

std::optional<Confinement> confinement_of(const LiveRun& live, const BpfSession& session) {
  const auto run = session.run(live.index);
  if (!run || run->confinement.noted == 0) return std::nullopt;
  const pg_confinement& noted = run->confinement;
  const BundleSecurity bundle = security_of_bundle(live.bundle_config);
  return Confinement{.filters = noted.filters,
                     .bounding = noted.bounding,
                     .permitted = noted.permitted,
                     .no_new_privileges = noted.no_new_privileges != 0,
                     .read_only_root = noted.read_only_root != 0,
                     .apparmor = live.apparmor.empty() ? bundle.apparmor : live.apparmor,
                     .filter = bundle.filter};
}

template <typename IsOfKind>
std::vector<Recording> recordings_of(LiveRuns& runs, const BpfSession& session, EngineVersions& versions,
                                     const IsOfKind& is_of_kind) {
  StartsById by_id;
  for (auto& [index, live] : runs) {
    if (live->wanted != Wanted::yes || !is_of_kind(*live)) continue;
    Run run = describe_run(*live, session);
    versions.complete(run.subject);
    if (by_id.count(live->id) == 0) {
      std::string name = unique_name(by_id, run.subject);
      by_id[live->id].recording.name = std::move(name);
    }
    by_id[live->id].recording.confinements.push_back(confinement_of(*live, session));
    join(by_id[live->id], take_trace(*live, std::move(run)), *live);
  }
  std::vector<Recording> recordings;
  for (auto& [id, starts] : by_id) {
    starts.recording.files = rows_of(std::move(starts.files));
    starts.recording.refused.files = rows_of(std::move(starts.refused));
    starts.recording.refused.barred = rows_of(std::move(starts.barred));
    recordings.push_back(std::move(starts.recording));
  }
  std::sort(recordings.begin(), recordings.end(),
            [](const Recording& a, const Recording& b) { return a.name < b.name; });
  return recordings;
}

}  // namespace

std::vector<Recording> tree_recordings(LiveRuns& runs, const BpfSession& session,
                                       const std::vector<std::string>& command) {
  std::vector<Recording> recordings;
  for (auto& [index, live] : runs) {
    Run run = describe_run(*live, session);
    run.subject.command = command;
    Trace trace = take_trace(*live, std::move(run));
    recordings.push_back({base_name(command.front()),
                          std::move(trace),
                          rows_of(std::move(live->files)),
                          {},
                          std::move(live->stacks),
                          {}});
  }
  return recordings;
}

std::vector<Recording> container_recordings(LiveRuns& runs, const BpfSession& session, EngineVersions& versions) {
  return recordings_of(runs, session, versions, has_run);
}

std::vector<Recording> unstarted_recordings(LiveRuns& runs, const BpfSession& session, EngineVersions& versions) {
  return recordings_of(runs, session, versions, was_not_permitted);
}

}  // namespace profilegen
