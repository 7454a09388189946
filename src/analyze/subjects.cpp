// SPDX-License-Identifier: Apache-2.0
#include "subjects.h"

#include <fmt/format.h>

#include <algorithm>

#include "profilegen/lines.h"
#include "steps.h"

namespace profilegen {
namespace {

std::set<Arch> arches_of(const Trace& trace) {
  std::set<Arch> arches;
  for (const auto& [id, run] : trace.runs) arches.insert(run.arch);
  return arches;
}

// The runtimes it was recorded with, and those that the user asked for.
std::set<Runtime> runtimes_of(const Trace& trace, const std::set<std::string>& asked_for) {
  std::set<std::string> recorded;
  std::set<Runtime> runtimes;
  for (const auto& [id, run] : trace.runs) {
    const Subject& subject = run.subject;
    if (subject.runtime.empty()) continue;
    recorded.insert(subject.runtime);
    runtimes.insert({printable(subject.runtime), printable(subject.runtime_version), false});
  }
  for (const std::string& request : asked_for) {
    Runtime runtime = runtime_from_text(request);
    if (!recorded.contains(runtime.name)) runtimes.insert(std::move(runtime));
  }
  return runtimes;
}

// podman has flags of its own (src/emit/podman.cpp), and Docker may use another default runtime.
void note_engines(const Trace& trace, Profile& profile) {
  std::set<std::string> notes;
  for (const auto& [id, run] : trace.runs) {
    const Subject& subject = run.subject;
    if (subject.engine.empty() || subject.engine == "docker") continue;
    const std::string own = subject.engine == "podman" ? "emit --format podman" : "seccomp.json and capabilities.txt";
    notes.insert(fmt::format(
        "recorded with {0} and {1}: for {0} use {2}; docker.flags is for docker, and only with the same runtime",
        printable(subject.engine), printable(subject.runtime.empty() ? "an unknown runtime" : subject.runtime), own));
  }
  profile.notes.insert(profile.notes.end(), notes.begin(), notes.end());
}

bool executed_setid(const Trace& trace) {
  return std::ranges::any_of(trace.files, [](const auto& file) { return file.first.op == FileOp::EXEC_SETID; });
}

}  // namespace

std::string subject_label(const Subject& subject) { return printable(subject_name(subject)); }

void add_subjects(const Trace& trace, const AnalyzeOptions& options, Profile& profile) {
  const std::set<Arch> arches = arches_of(trace);
  if (!arches.empty()) profile.arch = *arches.begin();
  if (arches.size() > 1) {
    profile.notes.push_back("recorded on machines of several architectures: the policy is for those with " +
                            std::string(arch_name(profile.arch)) + "; emit the traces of the others apart");
  }
  note_engines(trace, profile);
  profile.runtimes = runtimes_of(trace, options.runtimes);
  profile.container =
      std::ranges::any_of(trace.runs, [](const auto& run) { return !run.second.subject.engine.empty(); });
  // Without any run nothing is known, so nothing is promised.
  profile.no_new_privileges = !trace.runs.empty() && !executed_setid(trace) && !options.new_privileges;
}

}  // namespace profilegen
