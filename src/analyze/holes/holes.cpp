// SPDX-License-Identifier: Apache-2.0
// Chooses the writable holes that a read-only root file system needs.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "holes/hole_kind.h"
#include "holes/hole_places.h"
#include "holes/hole_sizes.h"
#include "holes/mounts.h"
#include "holes/own_directories.h"
#include "profilegen/lines.h"
#include "profilegen/paths.h"
#include "steps.h"

namespace profilegen {
namespace {

bool executed_from(const Trace& trace, const std::string& place) {
  return std::ranges::any_of(trace.files, [&](const auto& file) {
    const auto& [key, fact] = file;
    // Files without a name are recorded by their directory, which may be the place itself.
    if (!file_op_executes(key.op) || !is_at_or_below(key.path, place)) return false;
    return std::ranges::any_of(fact.runs.sorted(), [&, &path = key.path](const RunId& id) {
      const auto run = trace.runs.find(id);
      return run != trace.runs.end() && lies_on_root(run->second, path);
    });
  });
}

std::map<std::string, Writes> writes_in(const std::string& place, const std::map<std::string, Writes>& writes) {
  std::map<std::string, Writes> inside;
  for (const auto& write : writes) {
    if (is_at_or_below(write.first, place)) inside.insert(write);
  }
  return inside;
}

void note_sometimes_mounted(const std::string& place, Profile& profile) {
  for (const auto& [path, mount] : profile.mounts) {
    if (!is_at_or_below(place, path)) continue;
    profile.notes.push_back(
        fmt::format("{} is a mount of your own in some of the runs only, so the policy makes {} writable for the "
                    "others: nothing to do; with the mount in every run, the policy needs less",
                    printable(path), printable(place)));
  }
}

// Engines bind-mount these files from the host; with a read-only root they are read-only, too.
constexpr std::array<std::string_view, 3> kEngineFiles = {"/etc/hosts", "/etc/hostname", "/etc/resolv.conf"};

bool is_engine_mount(const Trace& trace, const std::string& path, const RunSet& runs) {
  return std::ranges::any_of(runs.sorted(), [&](const RunId& id) {
    const auto run = trace.runs.find(id);
    const Mount* mount = run == trace.runs.end() ? nullptr : mount_of(run->second, path);
    return mount != nullptr && mount->origin == "engine";
  });
}

std::string_view option_for(const std::string& engine_file) {
  if (engine_file == "/etc/hosts") return "--add-host";
  return engine_file == "/etc/hostname" ? "--hostname" : "--dns";
}

void note_engine_files(const Trace& trace, Profile& profile) {
  for (const auto& [key, fact] : trace.files) {
    if (!file_op_writes(key.op) || std::ranges::find(kEngineFiles, key.path) == kEngineFiles.end()) continue;
    if (!is_engine_mount(trace, key.path, fact.runs)) continue;
    profile.notes.push_back(
        fmt::format("the program wrote {}, which is the engine's and read-only under this policy: give its content "
                    "with {} instead",
                    key.path, option_for(key.path)));
  }
}

void note_bytecode(const Trace& trace, Profile& profile) {
  std::set<std::string> directories = bytecode_directories(trace);
  std::erase_if(directories, [&](const std::string& path) { return is_in_a_hole(path, profile); });
  if (directories.empty() || !profile.read_only_root) return;
  const size_t others = directories.size() - 1;
  profile.notes.push_back(
      fmt::format("Python stored compiled modules in {}{}, which stays read-only, since it does without: nothing to do",
                  printable(*directories.begin()), others == 0 ? "" : fmt::format(" (+{} more)", others)));
}

}  // namespace

void add_holes(const Trace& trace, Profile& profile) {
  const std::map<std::string, Writes> writes = writes_on_root(trace);
  const ImageDirectories directories = image_directories(trace);
  HolePlaces chosen = choose_places(writes, own_directories(trace, writes, directories));
  profile.read_only_root = chosen.root_reason.empty();
  profile.root_reason = std::move(chosen.root_reason);
  for (const std::string& place : chosen.places) {
    const std::map<std::string, Writes> inside = writes_in(place, writes);
    Hole hole = hole_at(trace, place, inside, directories);
    hole.exec = executed_from(trace, place);
    if (hole.kind == HoleKind::tmpfs) hole.size = size_with_head_room(trace, place);
    profile.holes.emplace(place, std::move(hole));
    note_sometimes_mounted(place, profile);
  }
  note_engine_files(trace, profile);
  note_bytecode(trace, profile);
}

}  // namespace profilegen
