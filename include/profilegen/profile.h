// SPDX-License-Identifier: Apache-2.0
// The profile: the policy that a trace leads to. It is canonical, sorted, has no times or ids, and is small enough to
// review and to commit. Same evidence, same bytes.
//
// On disk: one JSON object, indented by 2, with all of these keys in this order, but for those that may be missing.
// Another version, an unknown or missing key, or a wrong type is an error that names the field. Paths and sources are
// encoded as in traces (trace.h).
//
//   "profilegen_profile": 1,
//   "arch": "x86_64",
//   "container": true,
//   "runtime": "crun>=1.8, runc 1.1.5",                                        as runtimes_text() writes them
//   "calls": {"x86_64": {"accept4": "app", "execve": "app runtime", "capset": "runtime",
//             "exit": "companion: every thread and every process ends"}},      or "unknown"
//   "arguments": {"x86_64": {"clone": ["0&0x7e020000=0x0"], "socket": ["0=0x1 1=0x1", "0=0x2 1=0x1"]}},
//   "answers": {"x86_64": {"clone3": 38}},                                     errno, never of a call in "calls"
//   "capabilities": ["NET_BIND_SERVICE"],
//   "file_capabilities": ["NET_BIND_SERVICE"],                                 may be missing, likewise: none
//   "kept_capabilities": ["CHOWN"],
//   "denied_capabilities": ["SYS_ADMIN"],
//   "capability_objects": {"NET_BIND_SERVICE": [{…}]},                         may be missing; see capability_object.h
//   "no_new_privileges": true,
//   "as_root": true,
//   "users": ["1000:1000"],                                                    may be missing: none, or not known
//   "restricted": {"/etc/app/key.pem": "0600 0:0"},                            mode, owner and group
//   "limits": {"descriptors": 256, "memory": 67108864, "tasks": 16},
//   "read_only_root": true,
//   "root_reason": "",
//   "holes": {"/run/app": {"kind": "tmpfs", "mode": "0755", "uid": 0, "gid": 0, "exec": false, "size": 67108864,
//             "reason": "create …"}},
//             and, where they differ from these: "empty": false, "uncertain": false, "directories": {"/run/x": "0755
//             0:0"}
//   "asked": ["/etc/app.conf", "/usr/share/"],                                 only when there are some
//   "mounts": {"/data": {"source": "dbdata", "origin": "volume", "written": true, "read_only": false}},
//   "files": {"/etc/passwd": "r", "/usr/lib/app/*.so*": "rm"},                 AppArmor patterns, escaped
//   "network": ["inet stream"],
//   "needs_network": true,
//   "lowest_ports": {"inet stream": 80},                                       only when ports were bound
//   "ping_sockets": true,                                                      only when some were made
//   "incomplete": [],
//   "notes": ["…"]                                                             for people; nothing reads them
#pragma once

#include <compare>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "profilegen/arguments.h"
#include "profilegen/capability_object.h"
#include "profilegen/result.h"
#include "profilegen/syscalls.h"

namespace profilegen {

inline constexpr int kProfileVersion = 1;

/// Who needs a call. A companion was not seen, but belongs to what was (companions.h); it stands alone.
enum class NeededBy : uint8_t { app, runtime, companion };

struct CallKey {
  Arch arch;
  std::string name;  ///< or "#NUMBER", see syscall_label
  auto operator<=>(const CallKey&) const = default;
};

struct Ownership {
  uint32_t mode = 0;  ///< permission bits with set-id and sticky, 07777
  uint32_t uid = 0;
  uint32_t gid = 0;
  auto operator<=>(const Ownership&) const = default;
};

/// A place that must be writable when the root file system is read-only.
enum class HoleKind : uint8_t {
  tmpfs,   ///< what is in it may be lost at any stop
  volume,  ///< what is in it must outlive a stop, or the image ships content there, which the engine copies
};
struct Hole {
  HoleKind kind = HoleKind::tmpfs;
  uint32_t mode = 0755;  ///< of the root directory of the mount
  uint32_t uid = 0;
  uint32_t gid = 0;
  bool exec = false;     ///< a program or library in it was executed
  std::string reason{};  ///< one line of evidence, e.g. "create /var/lib/app/db (+3 more)"
  uint64_t size = 0;     ///< bytes, a power of two with headroom above what any run wrote there; 0: no limit
  bool empty = false;    ///< a volume at a place where the image has nothing to copy
  /// Nothing proves that the kind is right: of a volume that its content is needed after a stop, of a tmpfs that it is
  /// not.
  bool uncertain = false;
  /// Directories that the image has below a tmpfs, which would hide them.
  std::map<std::string, Ownership> directories{};
  bool operator==(const Hole&) const = default;
};

/// A mount (volume, bind, tmpfs) that the user's own command asks for.
struct UserMount {
  std::string source;
  std::string origin;  ///< "volume", "bind", "tmpfs", "other"
  bool written = false;
  bool read_only = false;  ///< the user mounts it read-only already
  bool operator==(const UserMount&) const = default;
};

/// A container runtime whose own calls the profile has.
struct Runtime {
  std::string name;       ///< "runc"
  std::string version;    ///< the recorded or requested one; empty: not known or, when requested, all versions
  bool or_newer = false;  ///< requested as this version or a newer one
  auto operator<=>(const Runtime&) const = default;
};
/// "runc 1.1.5" for a recorded one; "runc>=1.1" or "runc" for a requested one.
std::string runtime_text(const Runtime& runtime);
Runtime runtime_from_text(std::string_view text);
std::string runtimes_text(const std::set<Runtime>& runtimes);  ///< "crun>=1.8, runc 1.1.5"

struct FileRule {
  std::string permissions;  ///< AppArmor letters in the order "rwmkl", then "ix"
  bool operator==(const FileRule&) const = default;
};

struct Profile {
  Arch arch = Arch::x86_64;                             ///< the native system call table
  std::map<CallKey, std::set<NeededBy>> calls;          ///< allowed calls
  std::map<CallKey, std::set<ArgumentRule>> arguments;  ///< such a call is allowed only if one of the rules holds
  std::map<CallKey, uint32_t> answers;                  ///< errno of an outer filter while recording: given again
  std::set<std::string> capabilities;                   ///< names without prefix
  /// Names without prefix of capabilities that were asked for and denied during the recording.
  std::set<std::string> denied_capabilities;
  /// Those that an executed file demands, and those that no check asked for, but that a program put into a capability
  /// set (capset, prctl).
  std::set<std::string> file_capabilities;
  std::set<std::string> kept_capabilities;
  /// Some of what a capability was needed for, by its name. Evidence for people.
  std::map<std::string, std::set<CapabilityObject>> capability_objects;
  bool no_new_privileges = false;  ///< can be set: no program gained privileges when it was executed
  bool as_root = false;            ///< at least one recorded container ran as root
  std::set<std::string> users;     ///< of the other containers, as "UID:GID", "UID" or, if no more is known, by name
  /// Path → mode and owner, where root did what the mode allows only to the owner or group.
  std::map<std::string, Ownership> restricted;
  /// Name (peaks.def) → a power of two with headroom above every run's peak. "descriptors" is missing when the
  /// application asks for its own limit of them.
  std::map<std::string, uint64_t> limits;
  bool container = false;             ///< false: recorded from a process tree
  std::set<Runtime> runtimes;         ///< recorded or requested runtimes; empty for a tree
  bool read_only_root = true;         ///< false: "/" itself is written to, see root_reason
  std::string root_reason;            ///< why the root can't be read-only; empty when it can
  std::map<std::string, Hole> holes;  ///< path → hole
  /// Where a program asked whether it may write (access(2)) and then did not: with a read-only root the answer is no,
  /// which is meant. A path with a '/' at its end stands for all below it.
  std::set<std::string> asked;
  std::map<std::string, UserMount> mounts;                ///< mount point → mount
  std::map<std::string, FileRule> files;                  ///< AppArmor pattern (escaped, condensed) → permissions
  std::set<std::pair<std::string, std::string>> network;  ///< AppArmor family, type: {"inet","stream"}
  bool needs_network = false;  ///< some socket reaches, or may reach, beyond the container's own loopback device
  std::map<std::pair<std::string, std::string>, uint32_t> lowest_ports;  ///< AppArmor family, type → lowest bound port
  bool ping_sockets = false;            ///< some ICMP socket was made without privileges
  std::vector<std::string> incomplete;  ///< why the evidence is incomplete, one line each, sorted; see emit
  std::vector<std::string> notes;       ///< what else a person should know, one line each, sorted; see all_notes()
  bool operator==(const Profile&) const = default;
};

/// Adds to what a capability was needed for. Only so many objects are kept, the first in their order.
inline constexpr size_t kMostCapabilityObjects = 8;
void add_capability_objects(Profile& profile, const std::string& capability, std::set<CapabilityObject> objects);

Result<Profile> parse_profile(std::string_view text, const std::string& object);
std::string format_profile(const Profile& profile);
Result<Profile> load_profile(const std::string& path);

/// Everything a person should know: `notes` and lines about other fields.
std::vector<std::string> all_notes(const Profile& profile);

/// The union of what both allow. Commutative, associative, idempotent.
Profile merge_profiles(Profile into, Profile other);

}  // namespace profilegen
