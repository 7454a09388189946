// SPDX-License-Identifier: Apache-2.0
// One start of a container, or the process tree, while it is recorded.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "files/file_facts.h"
#include "files/file_sizes.h"
#include "files/names_seen.h"
#include "paths/mount_namespace.h"
#include "paths/mount_table.h"
#include "paths/path_resolver.h"
#include "profilegen/abi.h"
#include "profilegen/engine.h"
#include "profilegen/trace.h"

namespace profilegen {

enum class Wanted : uint8_t { unknown, yes, no };

/// Where its files lie.
struct Surroundings {
  std::vector<Mount> mounts;
  std::vector<ImageDirectory> directories;
  std::vector<RestrictedPath> restricted;
};

/// A file as the kernel part named it.
struct NamedEvent {
  pg_file_event event;
  std::string base;
  std::string tail;

  /// The same for events that name the same file by the same words, to do the same with it.
  [[nodiscard]] std::string key() const;
};

/// Where a program stood, and its process's memory map then (proc_pid_maps(5)).
struct SeenStack {
  pg_stack_event event;
  std::string maps;
};

struct Target {
  uint32_t index = 0;  ///< in the kernel part's `recordings`
  RunId run;
  uint64_t begin_ns = 0;           ///< CLOCK_MONOTONIC at which evidence counts from
  std::string id;                  ///< container id; empty for a process tree
  const Engine* engine = nullptr;  ///< that names its cgroups as this one's is; null when that tells nothing
  Wanted wanted = Wanted::unknown;
  bool unconfined = false;  ///< it has no filter of its own
  bool late = false;        ///< it ran before the recording
  bool ended = false;
  uint64_t end_ns = 0;  ///< CLOCK_MONOTONIC at which that was noticed
  bool asked = false;   ///< the engine has been asked who it is

  PathResolver paths{UniqueFd()};
  MountTable mounts;
  std::map<uint32_t, MountNamespace> namespaces;  ///< by inode number, 0 for its own
  bool remounted = false;                         ///< its own mounts are not those of its start any more
  uint64_t lost_paths = 0;
  std::string bundle_config;               ///< text of config.json as read before the start; may be empty
  std::string engine_files;                ///< what inspect_from_files() said then; may be empty
  std::optional<ContainerInfo> info;       ///< once the engine has answered
  Trace facts;                             ///< all but the files
  std::array<uint64_t, PG_PEAKS> peaks{};  ///< by pg_peak; 0: not known
  FileFacts files;                         ///< without mounts until look_around()
  FileFacts refused;                       ///< likewise
  FileSizes sizes;
  std::vector<SeenStack> seen_stacks;  ///< unwound they are `stacks`, once no more can come
  std::vector<UserStack> stacks;
  std::optional<Surroundings> surroundings;  ///< once no more facts can come

  std::map<uint64_t, std::string> chroots;     ///< roots announced by the kernel part
  std::map<uint32_t, NamedEvent> first_names;  ///< by thread: names whose second one is still to come (rename, link)
  std::map<uint32_t, std::vector<NamedEvent>> tentative;  ///< by thread: what its call will have done if it succeeds
  NamesSeen names_seen;                                   ///< names resolved already, as the kernel part sent them

  [[nodiscard]] Evidence evidence(const pg_first& first) const;
  void end(uint64_t ns);
};

/// Of an unwanted container nothing stays but who it is: neither its root and mounts, nor what was seen of it.
void forget(Target& target);

/// 16 random hexadecimal digits.
RunId new_run_id();

/// Reads what is gone as soon as the process is: its mount table and its root. True when both could be had.
bool look_into_process(Target& target, uint32_t pid);

}  // namespace profilegen
