// SPDX-License-Identifier: Apache-2.0
// Compares a profile with a run under it: which denials did the profile not intend?
#pragma once

#include <functional>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "profilegen/apparmor.h"
#include "profilegen/profile.h"
#include "profilegen/trace.h"

namespace profilegen {

struct Denial {
  enum class Kind { syscall, capability, change, apparmor };
  Kind kind = Kind::syscall;
  CallKey call{};          ///< the denied call, or the call that asked for the capability; name "" outside of any
  std::string arguments;   ///< for a person; set when the call is allowed with other arguments
  uint32_t errnum = 0;     ///< the call's answer; 0 for a capability, and for a call that was not refused
  std::string capability;  ///< without prefix
  std::string object;      ///< what the capability was asked for, for a person: object_text(); empty when not known
  std::string demanding;   ///< no check asked for it, but this executed file or "a set" of capset or prctl; else empty
  FileKey change{};        ///< what a read-only or a full file system refused: see is_out_of_room()
  FileFact fact;           ///< details of `change`
  AppArmorDenial apparmor{};
  First first;                      ///< who met it first; an AppArmor denial has only the thread and the program
  std::vector<std::string> frames;  ///< the program's stack, innermost first; empty when it is not known
};

/// Whether a file system refused the change because it was full. A read-only one never refuses an allocation, since it
/// has already refused to open the file for writing.
inline bool is_out_of_room(const FileKey& change) { return change.op == FileOp::ALLOCATE; }

/// Sorted: calls, capabilities, changes. Not denials: a call that got the same answer during the recording, a
/// capability that was already denied then (the program goes on without it), and a change on a mount that the user's
/// own command makes read-only.
std::vector<Denial> find_denials(const Profile& profile, const Trace& run, const FileRows& refused);

/// Adds to each denial the stack of its thread, and to a denied call its arguments, as far as they were recorded.
void add_stacks(std::vector<Denial>& denials, const std::vector<UserStack>& stacks);

std::vector<Denial> apparmor_denials(const std::vector<AppArmorDenial>& records);

/// For a run whose filter allows and logs everything ("complain"): the application's calls that the profile does not
/// allow.
std::vector<Denial> find_unlisted_calls(const Profile& profile, const Trace& run);

/// The given filter, changed to log what it would refuse instead of refusing it. Errors name `object`.
Result<std::string> complaining_filter(const std::string& seccomp, const std::string& object);

/// The given filter, changed to answer EPERM where it sends a signal, since nobody sees which call a signal was for. It
/// decides about the same calls. nullopt when it sends none.
std::optional<std::string> answering_filter(const std::string& seccomp);

/// The given filter, which covers these architectures, changed to allow the calls with any arguments, and no more.
/// Calls without a name stay denied. Errors name `object`.
Result<std::string> widened_filter(const std::string& seccomp, const std::set<CallKey>& calls,
                                   const std::set<Arch>& architectures, const std::string& object);

/// One line for a person.
std::string denial_text(const Denial& denial);

/// Whether allow() can allow it. Of AppArmor's denials it can allow files, capabilities and sockets.
bool can_allow(const Denial& denial);

/// The profile that also allows what was denied in this run, and nothing else. A refused change gets a writable hole; a
/// hole that was full loses its size limit, because it is not known how much more the program would have written.
Result<Profile> allow(const Profile& profile, const Trace& run, const std::vector<Denial>& denials);

/// The result of running the command under a profile.
struct Attempt {
  bool passed = false;           ///< the command succeeded and nothing was denied
  std::set<CallKey> calls;       ///< made by the application
  std::set<std::string> denied;  ///< capabilities that were asked for and denied, expected or not
};
using TryProfile = std::function<Result<Attempt>(const Profile&)>;

/// Removes from the profile what the command passes without: capabilities, holes, and calls that the application made
/// in none of the attempts. A capability that the command asks for but passes without becomes a denied one. Needs at
/// least one attempt for each capability and hole that is needed. Fails when the command does not even pass under the
/// given profile.
Result<Profile> minimize(const Profile& profile, const TryProfile& attempt);

}  // namespace profilegen
