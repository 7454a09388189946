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
#include "profilegen/refusals.h"
#include "profilegen/seccomp.h"
#include "profilegen/trace.h"

namespace profilegen {

struct Denial {
  enum class Kind { syscall, capability, change, apparmor };
  Kind kind = Kind::syscall;
  CallKey call{};          ///< the denied call, or the call that asked for the capability; name "" outside of any
  std::string arguments;   ///< for a person; set when the call is allowed with other arguments
  bool exact = false;      ///< `arguments` has those of the denied call itself
  uint32_t errnum = 0;     ///< the call's answer; 0 for a capability, and for a call that was not refused
  std::string capability;  ///< without prefix
  std::string object;      ///< what the capability was asked for, for a person: object_text(); empty when not known
  std::string demanding;   ///< no check asked for it, but this executed file or "a set" of capset or prctl; else empty
  FileKey change{};        ///< what a read-only or a full file system refused (is_out_of_room()), or one without
                           ///< execution (is_code()), or no-new-privileges (is_gain())
  FileFact fact;           ///< details of `change`
  AppArmorDenial apparmor{};
  First first;                      ///< who met it first; an AppArmor denial has only the thread and the program
  std::vector<std::string> frames;  ///< the program's stack, innermost first; empty when it is not known
};

/// Whether a file system refused the change because it was full. A read-only one never refuses an allocation, since it
/// has already refused to open the file for writing.
inline bool is_out_of_room(const FileKey& change) { return change.op == FileOp::ALLOCATE; }

/// Whether code was refused because its mount is without execution (noexec).
inline bool is_code(const FileKey& change) { return change.op == FileOp::EXEC || change.op == FileOp::MAP_EXEC; }

/// Whether no-new-privileges kept from a program what its set-id bits or capabilities would have given.
inline bool is_gain(const FileKey& change) { return change.op == FileOp::EXEC_SETID; }

/// What was refused, each list sorted: calls, capabilities, changes.
struct Refused {
  std::vector<Denial> denials;  ///< by the policy's own rules
  /// By others: a filter of the program's own, permissions, a mount of the user's, a capability that the program has
  /// given up or was denied in the recording. They would be refused without the policy, too.
  std::vector<Denial> others;
};
/// `filter` is the one in force.
Refused find_refused(const Profile& profile, const SeccompEffect& filter, const Trace& run, const Refusals& refused);

/// "3 refusals by …: nothing to do"; "" when there are none.
std::string others_text(const std::vector<Denial>& others);

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

/// A place that the profile makes a tmpfs although a program left something there that a stop must not lose.
struct LostData {
  std::string hole;
  std::string file;  ///< the first such file
};
/// Of a run that has ended, with its files, by the rule by which the analysis chooses between a tmpfs and a volume.
std::vector<LostData> lost_at_stop(const Profile& profile, const Trace& run, const FileRows& files);
/// The profile with volumes in these places.
Profile keep_data(Profile profile, const std::vector<LostData>& lost);
/// The places of the profile's tmpfs in which the run changed something: a stop empties them.
std::vector<std::string> emptied_at_stop(const Profile& profile, const FileRows& files);

/// Denials that differ in nothing that a person can act on.
struct RepeatedDenial {
  Denial first;
  size_t times = 1;
};
/// Joins denials that differ only in the thread, or in which file of a directory they met. In the given order.
std::vector<RepeatedDenial> repeated(const std::vector<Denial>& denials);
/// denial_text() of the first, and how many there were.
std::string repeated_text(const RepeatedDenial& denial);
/// Equal for denials that repeated() joins.
std::string repetition_key(const Denial& denial);

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
