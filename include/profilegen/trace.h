// SPDX-License-Identifier: Apache-2.0
// The trace: the evidence. Who did what, when first, in which runs, seen through which hook, and what was lost.
//
// A trace is a set of runs and a set of facts. Merging is a join (set union; the smaller `First` wins), so it is
// commutative, associative and idempotent: traces of any number of jobs and machines can be merged in any order.
//
// On disk: one JSON object, "profilegen_trace": 1 first. Keys and rows are sorted, so equal traces are equal bytes.
// Another version, an unknown key or a wrong type is an error that names the field; nothing is guessed.
// Paths are absolute and in the container's own view. A path is bytes, JSON is Unicode: in JSON a backslash is
// written as "\\" (two characters) and a byte that is not part of valid UTF-8 as "\xHH" (four characters). The same
// goes for every other text that comes from outside: programs, arguments, names of containers, mounts, call sites.
//
// All keys are always written. In traces of older versions those that came later may be missing: "behaviours", "ports",
// a capability's "objects", and a run's "reread" and "remade". Then nothing is known of these facts. The lists have one
// row a line. Besides `first` and `runs` a row consists of:
//   runs          id, and the members of Run by their names; `subject`, `hooks`, `mounts`, `directories`,
//                 `restricted` and `sizes` likewise; `reread` and `remade` are lists of paths
//   syscalls      phase, arch, nr, name, only
//   arguments     phase, arch, nr, name, values (null: any), text
//   denied        arch, nr, name, errno
//   capabilities  cap, name, verdict, arch, nr (null outside of any call), site, counts (one for each of `runs`),
//                 objects: rows of an object (capability_object.h) and its own first
//   files         path, op, mount, directory
//   sockets       family, type, use
//   behaviours    behaviour, arch, nr, name
//   ports         family, type, port
// `name` and `text` are for people: only the number counts. Enumerators are written in lower case with hyphens; file
// operations, loss counters and architectures as in their .def files. x32 numbers lack bit 30. For example:
//   {"phase":"app","arch":"x86_64","nr":0,"name":"read","only":"sh","first":{"ns":812345,"pid":71,"tid":71,"program":"sh"},
//    "runs":["00c0ffee00c0ffee"]}
#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <functional>
#include <map>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include "profilegen/arguments.h"
#include "profilegen/capability_object.h"
#include "profilegen/result.h"
#include "profilegen/run_set.h"
#include "profilegen/syscalls.h"

namespace profilegen {

inline constexpr int kTraceVersion = 1;

/// Where a fact was seen first.
struct First {
  uint64_t ns = 0;      ///< nanoseconds since the recording began (CLOCK_MONOTONIC)
  uint32_t pid = 0;     ///< thread group id in the recorder's pid namespace
  uint32_t tid = 0;     ///< thread id, likewise
  std::string program;  ///< comm of the thread (at most 15 bytes): for people, never used to match
  auto operator<=>(const First&) const = default;
};

/// The stack of a program at the moment when something was denied.
struct UserStack {
  uint32_t tid = 0;
  uint64_t ns = 0;                      ///< as in First; the denial's own time is some microseconds before or after
  std::array<uint64_t, 6> arguments{};  ///< of the current system call
  std::vector<std::string> frames;      ///< innermost first, for people; empty when they are not known
};

struct Evidence {
  First first;
  RunSet runs;  ///< the runs that saw it; never empty
  bool operator==(const Evidence&) const = default;
};

struct SyscallFact : Evidence {
  SyscallFact() = default;
  SyscallFact(Evidence evidence, std::string program = {})  // NOLINT(google-explicit-constructor)
      : Evidence(std::move(evidence)), only(std::move(program)) {}
  /// The only program that made the call in all of `runs`, by the name that execve(2) gave to its threads. Empty when
  /// there were several, or when that is not known. A thread counts for the program it executes, even if it renames
  /// itself.
  std::string only;
  bool operator==(const SyscallFact&) const = default;
};

/// Phases of a thread. Only the application's calls become permissions of the application.
enum class Phase : uint8_t {
  app,           ///< from the entrypoint's execve on
  runtime_run,   ///< the OCI runtime, after it loaded the filter and before the entrypoint's execve
  runtime_exec,  ///< the same for a `docker exec`
};
std::string_view phase_name(Phase phase);  ///< "app", "runtime-run", "runtime-exec"

struct SyscallKey {
  Phase phase;
  Arch arch;
  uint32_t number;
  auto operator<=>(const SyscallKey&) const = default;
};

/// The arguments with which a call was made. They are recorded whether or not the call succeeded, since a call that
/// fails by itself must still reach the kernel later. `values` is as described in argument_calls.def; empty means any
/// arguments. A call has either rows with values or one row for any. A call with recordable arguments but no row also
/// means any.
struct ArgumentKey {
  SyscallKey call;
  ArgumentValues values;
  auto operator<=>(const ArgumentKey&) const = default;
};
/// With more tuples of values than this, a call is recorded as "any": a filter with a rule for each tuple helps nobody.
inline constexpr size_t kMostArgumentValues = 256;

/// A call that an outer filter, not ours, denied during the recording (a sys_exit without a sys_enter).
struct DeniedKey {
  Arch arch;
  uint32_t number;
  uint32_t errnum;  ///< positive; the profile gives the same answer again
  auto operator<=>(const DeniedKey&) const = default;
};

enum class CapVerdict : uint8_t {
  needed,      ///< granted, to the task's own credentials, in the container's user namespace, by an audited check
  unaudited,   ///< granted, but the check was only a query (CAP_OPT_NOAUDIT): memory overcommit, ptrace visibility
  overridden,  ///< granted, but to borrowed credentials (overlayfs acting as the mounter)
  foreign,     ///< granted in another user namespace than the container's (a nested `unshare -U`)
  denied,
  kept,  ///< no check: in a set that capset(2) or prctl(2) was asked to have, and got; `call_site` is empty
  file,  ///< no check: an executed file demands it with its effective bit (capabilities(7)); `call_site` is its path
};
std::string_view cap_verdict_name(CapVerdict verdict);  ///< "needed", "unaudited", …

struct CapabilityKey {
  uint32_t number;
  CapVerdict verdict;
  Arch arch;              ///< of the system call in which the check was made
  uint32_t syscall;       ///< number of that call; kNoSyscall outside of any
  std::string call_site;  ///< innermost kernel functions, "a<b<c"; empty when symbols can't be read; see CapVerdict
  auto operator<=>(const CapabilityKey&) const = default;
};
inline constexpr uint32_t kNoSyscall = 0xffffffff;
struct CapabilityFact : Evidence {
  std::map<RunId, uint64_t> counts;  ///< number of checks in each of `runs`; never 0
  /// What was checked, and by whom first; only of needed and denied ones. Those that were seen first: see
  /// keep_first_objects().
  std::map<CapabilityObject, First> objects{};
  bool operator==(const CapabilityFact&) const = default;
};
/// Adds an object, or notes that it was seen earlier than was known.
void add_object(std::map<CapabilityObject, First>& objects, const CapabilityObject& object, const First& first);
/// Of each row only so many objects are kept.
inline constexpr size_t kMostObjects = 4;
/// Drops all but those that were seen first. Of two at the same time the order of the objects decides, so that the
/// order of merging doesn't.
void keep_first_objects(std::map<CapabilityObject, First>& objects);

enum class FileOp : uint8_t {
#define FILE_OP(id, ...) id,
#include "profilegen/file_ops.def"
#undef FILE_OP
};
std::string_view file_op_name(FileOp op);
bool file_op_writes(FileOp op);                ///< whether it needs a writable mount
std::string_view file_op_apparmor(FileOp op);  ///< AppArmor permission letters
bool file_op_executes(FileOp op);              ///< runs code from the file

/// What file_ops.def says of an operation beside these.
struct FileOpTraits {
  enum class Name : uint8_t { keeps, makes, removes } name;
  enum class Right : uint8_t { read, write, execute, own } right;
  enum class Object : uint8_t { file, directory, either, place } object;
};
FileOpTraits file_op_traits(FileOp op);

struct FileKey {
  std::string path;  ///< absolute, bytes
  FileOp op;
  auto operator<=>(const FileKey&) const = default;
};
struct FileFact : Evidence {
  std::string mount;       ///< mount point under which it lies: the longest matching one in the run's mount table
  bool directory = false;  ///< the path was that of a directory
  bool operator==(const FileFact&) const = default;
};

enum class SocketUse : uint8_t {
  made,
  loopback,  ///< IP sockets: bound to, connected to or sent to an address of the loopback device
  beyond,    ///< the same with any other IP address, whether or not it was reached
};
std::string_view socket_use_name(SocketUse use);  ///< "made", "loopback", "beyond"

struct SocketKey {
  uint32_t family;  ///< AF_*
  uint32_t type;    ///< SOCK_* without flags
  SocketUse use;
  auto operator<=>(const SocketKey&) const = default;
};

/// What programs do that no list of calls tells, and that a policy must know.
enum class Behaviour : uint8_t {
#define BEHAVIOUR(id, ...) id,
#include "profilegen/behaviours.def"
#undef BEHAVIOUR
};
std::string_view behaviour_name(Behaviour behaviour);     ///< "signal-handler", …
std::string_view behaviour_meaning(Behaviour behaviour);  ///< "a handler was installed for a signal"

struct BehaviourKey {
  Behaviour behaviour;
  Arch arch;        ///< of the call in which it was seen; the run's own outside of any
  uint32_t number;  ///< of that call; kNoSyscall outside of any
  auto operator<=>(const BehaviourKey&) const = default;
};

/// A port that an IP socket was bound to, by its number as the program gave it. 0, for any port, is not recorded.
struct PortKey {
  uint32_t family;  ///< AF_INET or AF_INET6
  uint32_t type;    ///< SOCK_* without flags
  uint32_t port;    ///< 1 to 65535
  auto operator<=>(const PortKey&) const = default;
};
/// Of each family and type only so many are recorded, the lowest: privileged ports are among them.
inline constexpr size_t kMostPorts = 64;

/// One line of the container's mount table at its first governed call.
struct Mount {
  std::string path;    ///< mount point
  std::string type;    ///< file system type
  std::string source;  ///< volume name or host path as the user gave it, where the engine knows it; else the device
  std::string origin;  ///< "image", "engine", "volume", "bind", "tmpfs" or "other"
  bool read_only = false;
  auto operator<=>(const Mount&) const = default;
};

/// What the image contains at a directory above a written path.
struct ImageDirectory {
  std::string path;
  bool in_image = false;     ///< false: created by the engine (WORKDIR) or by the application
  bool has_content = false;  ///< files in it or below it; empty directories are none
  uint32_t mode = 0;         ///< permission bits with set-id and sticky, 07777
  uint32_t uid = 0;
  uint32_t gid = 0;
  auto operator<=>(const ImageDirectory&) const = default;
};

/// A file or directory that root used in a way that its permission bits allow only to its owner or group.
struct RestrictedPath {
  std::string path;
  uint32_t mode = 0;  ///< permission bits with set-id and sticky, 07777
  uint32_t uid = 0;
  uint32_t gid = 0;
  auto operator<=>(const RestrictedPath&) const = default;
};

/// How much space the files written in a directory took. Each file counts with its largest size, rounded up to a power
/// of two of at least 4096, whether or not the files existed at the same time. Files that stayed empty do not count.
struct DirectorySize {
  std::string path;
  uint64_t bytes = 0;
  auto operator<=>(const DirectorySize&) const = default;
};

/// Who was recorded. `engine` is empty for a process tree.
struct Subject {
  std::string engine;  ///< "docker", …
  std::string engine_version;
  std::string container_id;
  std::string container_name;
  std::string image;
  std::string image_digest;
  std::string user;     ///< as configured; empty means root, see is_root()
  std::string runtime;  ///< "runc", "crun"
  std::string runtime_version;
  bool no_new_privileges = false;
  bool read_only_root = false;
  bool own_network = false;  ///< its network namespace is neither the host's nor another container's, according to the
                             ///< engine; false when no engine says so
  bool seccomp_confined = false;     ///< had a filter of its own; false: the runtime's calls could not be seen
  std::vector<std::string> command;  ///< process tree: COMMAND; container: entrypoint and arguments
  /// Options of its `run` that loosen its confinement, as docker spells them: "--privileged", "--cap-add NET_ADMIN",
  /// "--security-opt seccomp=unconfined". Who repeats them beside a policy's flags undoes these. Sorted; empty also
  /// when the engine does not tell. In a file they are missing if there are none.
  std::vector<std::string> loosened{};
  auto operator<=>(const Subject&) const = default;
};

/// Whether it ran as root, according to `user`. false for a process tree, which has no `user`.
bool is_root(const Subject& subject);

/// The name by which people know the run, the same everywhere: the container's name, else its image, else the command.
/// As given by others: to be made printable. Never its id, which is random.
std::string subject_name(const Subject& subject);

/// The hook that was used for one kind of fact, and what it cannot see.
struct HookUse {
  std::string fact;   ///< a kind of fact in rungs.def
  std::string hook;   ///< e.g. "tp_btf/sys_enter"; kNoHook when it could not be recorded
  std::string blind;  ///< empty when it is not known to miss anything
  auto operator<=>(const HookUse&) const = default;
};

inline constexpr std::string_view kNoHook = "none";

/// Why a trace may be incomplete although no event was lost.
enum class Mark : uint8_t {
  attached_late,          ///< the container was already running when the recording began
  shutdown_not_recorded,  ///< the container was still running when the recording ended
  interrupted,            ///< this is a checkpoint: what happened afterwards is missing
  ended_by_signal,        ///< a signal killed the container's first process: how it ends by itself was not seen
};
std::string_view mark_name(Mark mark);  ///< "attached-late", "shutdown-not-recorded", …

/// The names of all peaks, in the order of peaks.def.
std::span<const std::string_view> peak_names();

struct Run {
  std::string kernel;  ///< uname -r
  Arch arch = Arch::x86_64;
  uint64_t duration = 0;  ///< nanoseconds from the recording's beginning to its end, or to the end of this run
  Subject subject;
  std::vector<HookUse> hooks;            ///< sorted by fact
  std::map<std::string, uint64_t> loss;  ///< counter name (loss.def) → events; only those above 0
  std::set<Mark> marks;
  bool io_uring = false;                    ///< io_uring was used: its operations bypass the system call list
  std::vector<Mount> mounts;                ///< sorted by path
  std::vector<ImageDirectory> directories;  ///< sorted by path
  std::vector<RestrictedPath> restricted;   ///< sorted by path; only for containers that ran as root
  std::vector<DirectorySize> sizes;         ///< sorted by path; only for containers
  /// Files that this run read, and that an earlier start of the same container had written into its own layer. Sorted.
  std::vector<std::string> reread;
  /// Names that this run both removed and made, and that were there at its end. Sorted.
  std::vector<std::string> remade;
  std::map<std::string, uint64_t> peaks;  ///< name (peaks.def) → highest value; only those that are known
  bool operator==(const Run&) const = default;
};

struct Trace {
  std::map<RunId, Run> runs;
  std::map<SyscallKey, SyscallFact> syscalls;
  std::map<ArgumentKey, Evidence> arguments;
  std::map<DeniedKey, Evidence> denied;
  std::map<CapabilityKey, CapabilityFact> capabilities;
  std::map<FileKey, FileFact> files;
  std::map<SocketKey, Evidence> sockets;
  std::map<BehaviourKey, Evidence> behaviours;
  std::map<PortKey, Evidence> ports;
  bool operator==(const Trace&) const = default;
};

/// `object` is how errors name the file: its path, or "standard input".
Result<Trace> parse_trace(std::string_view text, const std::string& object);
std::string format_trace(const Trace& trace);

Result<Trace> load_trace(const std::string& path);  ///< "-" is standard input
/// Writes a temporary file in the same directory and renames it: the target is never half written.
Status save_trace(const Trace& trace, const std::string& path);

/// Facts about files that are not stored in a Trace. Calls back for each of them, in the order of the keys.
using FileRow = std::function<void(const FileKey&, const FileFact&)>;
using FileRows = std::function<void(const FileRow&)>;
/// Writes the same bytes as if `files` were in `trace.files`, but never holds all of them, or the text, in memory.
Status save_trace(const Trace& trace, const FileRows& files, const std::string& path);

/// Replaces the rows of each call that has more than kMostArgumentValues, or a row for "any", by a single row for
/// "any".
void widen_arguments(std::map<ArgumentKey, Evidence>& arguments);

/// The join of two traces. Fails only when two different runs have the same id.
Result<Trace> merge_traces(Trace into, const Trace& other);

}  // namespace profilegen
