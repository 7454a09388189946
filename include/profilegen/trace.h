// SPDX-License-Identifier: Apache-2.0
// The trace: evidence. Who did what, first when, in which runs, seen through which hook, and what was lost.
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
// All keys are always there. The lists, one row a line, and what makes up a row beside `first` and `runs`:
//   runs          id, and the members of Run by their names; `subject`, `hooks`, `mounts`, `directories`,
//                 `restricted` and `sizes` likewise
//   syscalls      phase, arch, nr, name, only
//   arguments     phase, arch, nr, name, values (null: any), text
//   denied        arch, nr, name, errno
//   capabilities  cap, name, verdict, arch, nr (null outside of any call), site, counts (one for each of `runs`)
//   files         path, op, mount, directory
//   sockets       family, type, use
// `name` and `text` are for people: what counts is the number. Enumerators are written in small letters with hyphens,
// file operations, loss counters and architectures as in their .def files. x32 numbers are without bit 30. For example:
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
#include "profilegen/result.h"
#include "profilegen/run_set.h"
#include "profilegen/syscalls.h"

namespace profilegen {

inline constexpr int kTraceVersion = 1;

/// The earliest sighting of a fact.
struct First {
  uint64_t ns = 0;      ///< nanoseconds since the recording began (CLOCK_MONOTONIC)
  uint32_t pid = 0;     ///< thread group id in the recorder's pid namespace
  uint32_t tid = 0;     ///< thread id, likewise
  std::string program;  ///< comm of the thread (at most 15 bytes): for people, never used to match
  auto operator<=>(const First&) const = default;
};

/// Where a program stood when it was denied something.
struct UserStack {
  uint32_t tid = 0;
  uint64_t ns = 0;                      ///< as in First; the denial's own is some microseconds before or after
  std::array<uint64_t, 6> arguments{};  ///< of the system call it was in
  std::vector<std::string> frames;      ///< innermost first, for people; empty when they can't be told
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
  /// The one program that made the call in all of `runs`, as execve(2) named it; empty when there were several, or when
  /// that is not known. Threads count for the program that they execute, whatever they call themselves.
  std::string only;
  bool operator==(const SyscallFact&) const = default;
};

/// Phases of a thread, see design: only what the application does makes a permission of it.
enum class Phase : uint8_t {
  app,           ///< from the entrypoint's execve on
  runtime_run,   ///< the OCI runtime between loading the filter and the entrypoint's execve
  runtime_exec,  ///< the same of a `docker exec`
};
std::string_view phase_name(Phase phase);  ///< "app", "runtime-run", "runtime-exec"

struct SyscallKey {
  Phase phase;
  Arch arch;
  uint32_t number;
  auto operator<=>(const SyscallKey&) const = default;
};

/// With which arguments a call was made: what was asked for, whether or not the call then succeeded, since one that
/// fails by itself must not be answered by a filter later. `values` is as argument_calls.def says, or empty: any. A
/// call has either rows with values or one for any; a call that has arguments to record and no row is one for any, too.
struct ArgumentKey {
  SyscallKey call;
  ArgumentValues values;
  auto operator<=>(const ArgumentKey&) const = default;
};
/// More values of one call than this are any: a filter with a rule for each of them helps nobody.
inline constexpr size_t kMostArgumentValues = 256;

/// A call that a filter outside of ours denied while recording (sys_exit without sys_enter).
struct DeniedKey {
  Arch arch;
  uint32_t number;
  uint32_t errnum;  ///< positive errno it got; it is answered again
  auto operator<=>(const DeniedKey&) const = default;
};

enum class CapVerdict : uint8_t {
  needed,      ///< granted, to the task's own credentials, in the container's user namespace, by an audited check
  unaudited,   ///< granted, but by a check that only asks (CAP_OPT_NOAUDIT): memory overcommit, ptrace visibility
  overridden,  ///< granted to borrowed credentials (overlayfs acting as the mounter)
  foreign,     ///< granted in another user namespace than the container's (a nested `unshare -U`)
  denied,
};
std::string_view cap_verdict_name(CapVerdict verdict);  ///< "needed", "unaudited", …

struct CapabilityKey {
  uint32_t number;
  CapVerdict verdict;
  Arch arch;              ///< of the call in which the check was made
  uint32_t syscall;       ///< its number; kNoSyscall outside of any
  std::string call_site;  ///< innermost kernel functions, "a<b<c"; empty when symbols can't be read
  auto operator<=>(const CapabilityKey&) const = default;
};
inline constexpr uint32_t kNoSyscall = 0xffffffff;
struct CapabilityFact : Evidence {
  std::map<RunId, uint64_t> counts;  ///< checks made there, by each of `runs`; never 0
  bool operator==(const CapabilityFact&) const = default;
};

enum class FileOp : uint8_t {
#define FILE_OP(id, ...) id,
#include "profilegen/file_ops.def"
#undef FILE_OP
};
std::string_view file_op_name(FileOp op);
bool file_op_writes(FileOp op);                ///< needs a writable mount
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
  std::string mount;       ///< mount point that it lies on (longest in the run's mount table)
  bool directory = false;  ///< the path was a directory
  bool operator==(const FileFact&) const = default;
};

enum class SocketUse : uint8_t {
  made,
  loopback,  ///< of an IP family: bound to, connected to or sent to an address of the loopback device
  beyond,    ///< the same with any other IP address, reached or not
};
std::string_view socket_use_name(SocketUse use);  ///< "made", "loopback", "beyond"

struct SocketKey {
  uint32_t family;  ///< AF_*
  uint32_t type;    ///< SOCK_* without flags
  SocketUse use;
  auto operator<=>(const SocketKey&) const = default;
};

/// One line of the container's mount table at its first governed call.
struct Mount {
  std::string path;    ///< mount point
  std::string type;    ///< file system type
  std::string source;  ///< as the user gave it where the engine knows it (volume name, host path), else the device
  std::string origin;  ///< "image", "engine", "volume", "bind", "tmpfs" or "other"
  bool read_only = false;
  auto operator<=>(const Mount&) const = default;
};

/// What the image has at the directories that lie above a written path.
struct ImageDirectory {
  std::string path;
  bool in_image = false;  ///< false: made by the engine (WORKDIR) or by the application
  bool has_content = false;
  uint32_t mode = 0;  ///< permission bits with set-id and sticky, 07777
  uint32_t uid = 0;
  uint32_t gid = 0;
  auto operator<=>(const ImageDirectory&) const = default;
};

/// A file or directory that root used in a way in which only its owner, its group or root may.
struct RestrictedPath {
  std::string path;
  uint32_t mode = 0;  ///< permission bits with set-id and sticky, 07777
  uint32_t uid = 0;
  uint32_t gid = 0;
  auto operator<=>(const RestrictedPath&) const = default;
};

/// How much the files that were written in a directory held: each at its largest, in powers of two of 4096 and more,
/// whether they were there at the same time or not. Files that were never larger than nothing are not counted.
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
  bool own_network = false;          ///< its network namespace is neither the host's nor another container's, as the
                                     ///< engine says; false where none does
  bool seccomp_confined = false;     ///< ran under a filter of its own; false: the runtime's calls could not be seen
  std::vector<std::string> command;  ///< process tree: COMMAND; container: entrypoint and arguments
  auto operator<=>(const Subject&) const = default;
};

/// Whether it ran as root, by what `user` says; not of a process tree, which has none.
bool is_root(const Subject& subject);

/// A hook that was used and what it cannot see.
struct HookUse {
  std::string fact;   ///< a kind of fact in rungs.def
  std::string hook;   ///< e.g. "tp_btf/sys_enter"; kNoHook when it could not be recorded
  std::string blind;  ///< empty when nothing is known to be missed
  auto operator<=>(const HookUse&) const = default;
};

inline constexpr std::string_view kNoHook = "none";

/// Why a trace does not tell everything although nothing was lost.
enum class Mark : uint8_t {
  attached_late,          ///< the container ran before the recording
  shutdown_not_recorded,  ///< it still ran when the recording ended
  interrupted,            ///< a checkpoint: what came after it is not there
};
std::string_view mark_name(Mark mark);  ///< "attached-late", "shutdown-not-recorded", "interrupted"

/// What there can be a peak of, in the order of peaks.def.
std::span<const std::string_view> peak_names();

struct Run {
  std::string kernel;  ///< uname -r
  Arch arch = Arch::x86_64;
  uint64_t duration = 0;  ///< nanoseconds from the beginning of the recording to the run's end, or to its own
  Subject subject;
  std::vector<HookUse> hooks;            ///< sorted by fact
  std::map<std::string, uint64_t> loss;  ///< counter name (loss.def) → events; only those above 0
  std::set<Mark> marks;
  bool io_uring = false;                    ///< used; its operations bypass the system call list
  std::vector<Mount> mounts;                ///< sorted by path
  std::vector<ImageDirectory> directories;  ///< sorted by path
  std::vector<RestrictedPath> restricted;   ///< sorted by path; of containers that ran as root
  std::vector<DirectorySize> sizes;         ///< sorted by path; of containers
  std::map<std::string, uint64_t> peaks;    ///< name (peaks.def) → the most there was; only what is known
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
  bool operator==(const Trace&) const = default;
};

/// `object` is what errors name: the file, or "standard input".
Result<Trace> parse_trace(std::string_view text, const std::string& object);
std::string format_trace(const Trace& trace);

Result<Trace> load_trace(const std::string& path);  ///< "-" is standard input
/// Written to a temporary file in the same directory, then renamed: never half, never over one it can't replace.
Status save_trace(const Trace& trace, const std::string& path);

/// Facts about files that are held in another way than a Trace does: calls back with each, in the order of the keys.
using FileRow = std::function<void(const FileKey&, const FileFact&)>;
using FileRows = std::function<void(const FileRow&)>;
/// The same bytes as if `trace.files` had them, without holding them, or the text, all at once.
Status save_trace(const Trace& trace, const FileRows& files, const std::string& path);

/// Makes one row for any of the rows of each call that has too many, or one for any beside others.
void widen_arguments(std::map<ArgumentKey, Evidence>& arguments);

/// The join. Fails only when two different runs have the same id.
Result<Trace> merge_traces(Trace into, const Trace& other);

}  // namespace profilegen
