// SPDX-License-Identifier: Apache-2.0
// A run while it is recorded: one start of a container, or the process tree.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "files/file_facts.h"
#include "files/file_sizes.h"
#include "files/names_seen.h"
#include "objects/accounts.h"
#include "paths/mount_namespace.h"
#include "paths/mount_table.h"
#include "paths/path_resolver.h"
#include "profilegen/abi_events.h"
#include "profilegen/engine.h"
#include "profilegen/refusals.h"
#include "profilegen/trace.h"

namespace profilegen {

enum class Wanted : uint8_t { unknown, yes, no };

/// What is found in the container's file system at its end.
struct Surroundings {
  std::vector<Mount> mounts;
  std::vector<ImageDirectory> directories;
  std::vector<RestrictedPath> restricted;
  std::vector<std::string> reread;
  std::vector<std::string> remade;
  uint64_t programs = 0;  ///< bytes of all programs and libraries that were used
};

/// A file event as the kernel part sent it.
struct NamedEvent {
  pg_file_event event;
  std::string base;
  std::string tail;

  /// Equal for events that do the same to the same file, named by the same words.
  [[nodiscard]] std::string key() const;
};

/// A program's stack at a denied call, and the memory map of its process at that time (proc_pid_maps(5)).
struct SeenStack {
  pg_stack_event event;
  std::string maps;
};

struct LiveRun {
  uint32_t index = 0;     ///< in the BPF map `runs`
  RunId run;              ///< its id in the trace
  uint64_t begin_ns = 0;  ///< CLOCK_MONOTONIC; times of evidence count from here
  std::string id;         ///< container id; empty for the process tree; of a foreign one its cgroup's name
  std::optional<uint32_t>
      foreign;                     ///< the user who made its cgroup, if neither root nor we: no engine of ours knows it
  const Engine* engine = nullptr;  ///< the engine whose cgroup names look like this one's; null if no engine's do
  Wanted wanted = Wanted::unknown;
  bool unconfined = false;  ///< it has no seccomp filter of its own
  bool late = false;        ///< it was running before the recording began
  bool ended = false;
  bool killed = false;  ///< a signal ended its first process
  uint64_t end_ns = 0;  ///< CLOCK_MONOTONIC at which the end was noticed
  bool asked = false;   ///< the engine has been asked about it

  PathResolver paths{UniqueFd()};
  MountTable mounts;
  std::map<uint64_t, MountNamespace> namespaces;  ///< by pg_file_event::mnt_ns; 0 for the container's own
  std::set<std::string> earlier_files;            ///< in its own layer when it began, by earlier starts
  bool remounted = false;                         ///< its own mount namespace has changed since the start
  uint64_t lost_paths = 0;
  std::string bundle_config;               ///< text of config.json, read before the start; may be empty
  std::string apparmor;                    ///< label that its program gets; empty if the kernel did not tell
  std::string engine_files;                ///< answer of inspect_from_files() at that time; may be empty
  std::optional<ContainerInfo> info;       ///< set when the engine has answered
  Trace facts;                             ///< everything but the files
  std::array<uint64_t, PG_PEAKS> peaks{};  ///< by pg_peak; 0 if not known
  FileFacts files;                         ///< their mount points are filled in by look_around()
  FileFacts refused;                       ///< the same for operations that only a mount refused
  FileFacts barred;                        ///< the same for those that permissions would have refused anyway
  FileSizes sizes;
  /// Capabilities that executed files demand. They become a part of `facts`, which is made anew each time.
  std::map<CapabilityKey, CapabilityFact> file_demands;
  std::map<uint32_t, pg_rights_event> rights;  ///< by thread: its own when a call was last refused
  std::vector<DeniedArguments> denied_arguments;
  std::map<CapabilityKey, CapabilityFact> given_up;  ///< see Refusals
  uint32_t root_user = 0;                            ///< the user that is root in its user namespace, outside of it
  IdMap users;                                       ///< of its user namespace
  IdMap groups;                                      ///< likewise
  std::vector<SeenStack> seen_stacks;                ///< become `stacks` by unwinding, at the end
  std::vector<UserStack> stacks;
  std::optional<Surroundings> surroundings;  ///< set once no more facts can come

  std::map<uint64_t, std::string> chroots;       ///< roots set by chroot(2), by the kernel part's number
  std::map<uint32_t, NamedEvent> refused_names;  ///< by thread: the same for a refused rename
  std::map<uint32_t, NamedEvent> first_names;  ///< by thread: old names (rename, link) whose new name has not come yet
  std::map<uint32_t, std::vector<NamedEvent>> tentative;    ///< by thread: count only if its call succeeds
  std::map<uint32_t, std::vector<NamedEvent>> asked_names;  ///< by thread: of the call whose PG_EVENT_OBJECTS will come
  /// By pg_site.id: what the capability checks there were about, and who was first.
  std::map<uint64_t, std::map<CapabilityObject, First>> objects;
  NamesSeen names_seen;  ///< names that were resolved already

  [[nodiscard]] Evidence evidence(const pg_first& first) const;
  void end(uint64_t ns);
};

/// Frees all that is held about an unwanted container, but who it is: its root, its mounts and what was seen of it.
void forget(LiveRun& live);

/// Returns 16 random hexadecimal digits.
RunId new_run_id();

/// Reads the mount table and opens the root of process `pid`, which vanish with it. True if both succeeded.
bool look_into_process(LiveRun& live, uint32_t pid);

}  // namespace profilegen
