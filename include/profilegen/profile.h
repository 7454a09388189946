// SPDX-License-Identifier: Apache-2.0
// The profile: policy. Canonical, sorted, byte-stable, without times or ids; small enough to review and to commit.
// Same evidence, same bytes.
//
// On disk: one JSON object, indented by 2, with all of these keys and in this order. Another version, an unknown or
// missing key or a wrong type is an error that names the field. Paths and sources are written as in traces (trace.h).
//
//   "profilegen_profile": 1,
//   "arch": "x86_64",
//   "container": true,
//   "runtime": "crun>=1.8, runc 1.1.5",                                        as runtimes_text() writes them
//   "calls": {"x86_64": {"accept4": "app", "execve": "app runtime", "capset": "runtime"}},   or "unknown"
//   "arguments": {"x86_64": {"clone": ["0&0x7e020000=0x0"], "socket": ["0=0x1 1=0x1", "0=0x2 1=0x1"]}},
//   "answers": {"x86_64": {"clone3": 38}},                                     errno, never of a call in "calls"
//   "capabilities": ["NET_BIND_SERVICE"],
//   "no_new_privileges": true,
//   "as_root": true,
//   "restricted": {"/etc/app/key.pem": "0600 0:0"},                            mode, owner and group
//   "limits": {"descriptors": 256, "memory": 67108864, "tasks": 16},
//   "read_only_root": true,
//   "root_reason": "",
//   "holes": {"/run/app": {"kind": "tmpfs", "mode": "0755", "uid": 0, "gid": 0, "exec": false, "size": 67108864,
//             "reason": "create …"}},
//   "mounts": {"/data": {"source": "dbdata", "origin": "volume", "written": true, "read_only": false}},
//   "files": {"/etc/passwd": "r", "/usr/lib/app/*.so*": "rm"},                 AppArmor patterns, escaped
//   "network": ["inet stream"],
//   "needs_network": true,
//   "incomplete": [],
//   "notes": ["asked for CAP_SYS_ADMIN and was denied"]
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
#include "profilegen/result.h"
#include "profilegen/syscalls.h"

namespace profilegen {

inline constexpr int kProfileVersion = 1;

/// Who needs a call.
enum class NeededBy : uint8_t { app, runtime };

struct CallKey {
  Arch arch;
  std::string name;  ///< or "#NUMBER", see syscall_label
  auto operator<=>(const CallKey&) const = default;
};

/// A place that must be writable when the root file system is read-only.
enum class HoleKind : uint8_t {
  tmpfs,   ///< nothing of the image lies there
  volume,  ///< the image ships content, or the data's directory needs what the engine copies up
};
struct Hole {
  HoleKind kind = HoleKind::tmpfs;
  uint32_t mode = 0755;  ///< of the mount's root directory
  uint32_t uid = 0;
  uint32_t gid = 0;
  bool exec = false;   ///< a program or library was executed from it
  std::string reason;  ///< one line of evidence, e.g. "create /var/lib/app/db (+3 more)"
  uint64_t size = 0;   ///< bytes, a power of two with head-room above what each run wrote there; 0: not limited
  bool operator==(const Hole&) const = default;
};

/// A mount of the user's own command (volume, bind, tmpfs).
struct UserMount {
  std::string source;
  std::string origin;  ///< "volume", "bind", "tmpfs", "other"
  bool written = false;
  bool read_only = false;  ///< already mounted so
  bool operator==(const UserMount&) const = default;
};

/// A container runtime whose own calls the profile has.
struct Runtime {
  std::string name;       ///< "runc"
  std::string version;    ///< that it was recorded with, or that was asked for; empty: not known, or all of them
  bool or_newer = false;  ///< asked for with this version or a newer one
  auto operator<=>(const Runtime&) const = default;
};
/// "runc 1.1.5" as it was recorded; "runc>=1.1" or "runc" as it is asked for.
std::string runtime_text(const Runtime& runtime);
Runtime runtime_from_text(std::string_view text);
std::string runtimes_text(const std::set<Runtime>& runtimes);  ///< "crun>=1.8, runc 1.1.5"

struct Ownership {
  uint32_t mode = 0;  ///< 07777
  uint32_t uid = 0;
  uint32_t gid = 0;
  auto operator<=>(const Ownership&) const = default;
};

struct FileRule {
  std::string permissions;  ///< AppArmor letters in the order "rwmkl" and "ix"
  bool operator==(const FileRule&) const = default;
};

struct Profile {
  Arch arch = Arch::x86_64;                             ///< native table
  std::map<CallKey, std::set<NeededBy>> calls;          ///< what the filter lets through
  std::map<CallKey, std::set<ArgumentRule>> arguments;  ///< of a call that is let through only if one of these holds
  std::map<CallKey, uint32_t> answers;  ///< errno that an outer filter gave while recording: given again
  std::set<std::string> capabilities;   ///< names without prefix
  /// Names without prefix: asked for while recording, and denied. A file tells them among its notes.
  std::set<std::string> denied_capabilities;
  bool no_new_privileges = false;               ///< no set-id or file-capability program was executed: can be set
  bool as_root = false;                         ///< a container ran as root
  std::map<std::string, Ownership> restricted;  ///< what root used so that only its owner or root may; path →
  std::map<std::string, uint64_t> limits;  ///< name (peaks.def) → a power of two with head-room above each run's peak;
                                           ///< no "descriptors" where the application asks for its limit of them
  bool container = false;                                 ///< false: recorded from a process tree
  std::set<Runtime> runtimes;                             ///< recorded with, or asked for; empty for a tree
  bool read_only_root = true;                             ///< false: "/" itself is written; see root_reason
  std::string root_reason;                                ///< why the root can't be read-only; empty when it can
  std::map<std::string, Hole> holes;                      ///< path → hole
  std::map<std::string, UserMount> mounts;                ///< mount point → mount
  std::map<std::string, FileRule> files;                  ///< AppArmor pattern (escaped, condensed) → permissions
  std::set<std::pair<std::string, std::string>> network;  ///< AppArmor family, type: {"inet","stream"}
  bool needs_network = false;  ///< some socket reaches, or may reach, beyond the container's own loopback device
  std::vector<std::string> incomplete;  ///< why the evidence is not whole, one line each, sorted; see emit
  std::vector<std::string> notes;       ///< what else a person should know, one line each, sorted; see all_notes()
  bool operator==(const Profile&) const = default;
};

Result<Profile> parse_profile(std::string_view text, const std::string& object);
std::string format_profile(const Profile& profile);
Result<Profile> load_profile(const std::string& path);

/// All that a person should know, as a file's "notes" have it: what the fields say belongs there, too.
std::vector<std::string> all_notes(const Profile& profile);

/// Union of what is allowed; commutative, associative, idempotent.
Profile merge_profiles(Profile into, Profile other);

}  // namespace profilegen
