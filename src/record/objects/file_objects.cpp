// SPDX-License-Identifier: Apache-2.0
#include "objects/file_objects.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>

#include "kernel/call_table.h"
#include "profilegen/paths.h"

namespace profilegen {
namespace {

constexpr uint32_t kChange = kWrite | kSearch;  // of a directory in which a name is made or removed
constexpr uint32_t kUnchanged = 0xffffffff;     // the id -1 of chown(2)

struct Asked {
  uint32_t file = kFind;       // of the file itself
  uint32_t directory = kFind;  // of the directory that holds its name
  bool creates = false;        // or of that directory alone, if there is no such file yet
};

uint64_t open_flags(const AskedCall& call) {
  if (call.name == "creat") return O_WRONLY | O_CREAT | O_TRUNC;
  if (call.name == "openat2") return call.value_behind<uint64_t>(0);
  return call.argument(call.name == "open" ? 1 : 2);
}

bool opens(const AskedCall& call) { return call.name.starts_with("open") || call.name == "creat"; }

Asked asked_by_open(uint64_t flags) {
  if ((flags & O_PATH) != 0) return {};
  if ((flags & O_TMPFILE) == O_TMPFILE) return {kChange, kFind, false};
  const uint64_t mode = flags & O_ACCMODE;
  uint32_t access = mode == O_RDONLY ? kRead : mode == O_WRONLY ? kWrite : kRead | kWrite;
  if ((flags & O_TRUNC) != 0) access |= kWrite;
  return {access, kFind, (flags & O_CREAT) != 0};
}

// access(2) names what it asks of the file.
uint32_t asked_by_access(const AskedCall& call) { return call.argument(call.name == "access" ? 1 : 2) & 07; }

uint32_t right_of(const AskedCall& call, FileOp op) {
  switch (op) {
    case FileOp::READ:
      return kRead;
    case FileOp::TRUNCATE:
    case FileOp::CONNECT:
    case FileOp::XATTR:
      return kWrite;
    case FileOp::UTIME:  // to the present time: then whoever may write may also do this
      return call.argument(call.name == "utimensat" || call.name == "futimesat" ? 2 : 1) == 0 ? kWrite : kFind;
    case FileOp::EXEC:
      return kSearch;
    default:
      return kFind;
  }
}

Asked asked_by(const AskedCall& call, const AskedFile& file) {
  if (opens(call)) return asked_by_open(open_flags(call));
  if (call.name == "access" || call.name.starts_with("faccessat")) return {asked_by_access(call), kFind, false};
  if (const auto access = asked_access(call.name)) return {*access, kFind, false};
  if (file.by_descriptor) return {};
  const auto name = file_op_traits(file.op).name;
  if (name != FileOpTraits::Name::keeps) return {kFind, kChange, false};
  return {right_of(call, file.op), kFind, false};
}

uint32_t missing(const FileStatus& file, const Rights& rights, uint32_t access) {
  uint32_t left = 0;
  for (const uint32_t bit : {kRead, kWrite, kSearch})
    if ((access & bit) != 0 && !allows(file, rights, bit)) left |= bit;
  return left;
}

void add_closed(const std::string& path, uint32_t access, const Rights& rights, const LookAt& look,
                std::vector<Closed>& closed) {
  const auto file = look(path);
  const uint32_t left = file ? missing(*file, rights, access) : 0;
  if (left != 0) closed.push_back({path, left, *file});
}

ObjectKind kind_of(const Closed& closed) {
  if ((closed.access & kWrite) != 0) return ObjectKind::WRITE;
  if ((closed.access & kRead) != 0) return ObjectKind::READ;
  return S_ISDIR(closed.file.mode) ? ObjectKind::SEARCH : ObjectKind::EXECUTE;
}

void describe(const FileStatus& file, Accounts& accounts, CapabilityObject& object) {
  object.mode = file.mode & 07777;
  object.owner = accounts.user_outside(file.user);
  object.group = accounts.group_outside(file.group);
}

void set_new_owner(const AskedCall& call, Accounts& accounts, CapabilityObject& object) {
  object.kind = ObjectKind::CHOWN;
  const size_t place = call.name == "fchownat" ? 2 : 1;
  if (call.argument(place) != kUnchanged) object.to_user = accounts.user(call.argument(place));
  if (call.argument(place + 1) != kUnchanged) object.to_group = accounts.group(call.argument(place + 1));
  // The call has returned: what the file has now may be what it was given.
  const bool given =
      (!object.to_user || object.owner == object.to_user) && (!object.to_group || object.group == object.to_group);
  if (given) object.owner = object.group = std::nullopt;
}

void set_new_mode(const AskedCall& call, CapabilityObject& object) {
  object.kind = ObjectKind::CHMOD;
  object.numbers = {call.argument(call.name.starts_with("fchmodat") ? 2 : 1) & 07777};
}

void set_device(const AskedCall& call, CapabilityObject& object) {
  object.kind = ObjectKind::MKNOD;
  const size_t place = call.name == "mknodat" ? 2 : 1;
  const dev_t device = call.argument(place + 1);
  object.numbers = {call.argument(place), major(device), minor(device)};
}

}  // namespace

std::vector<Closed> closed_on_way(const AskedCall& call, const AskedFile& file, const LookAt& look) {
  Walk way = walk(file.way, call.rights, look);
  const Asked asked = asked_by(call, file);
  // What the call has just made belongs to the thread.
  const bool made = asked.creates && (!way.found || way.found->user == call.rights.user);
  const uint32_t directory = made ? kChange : asked.directory;
  add_closed(parent_directory(way.path), directory, call.rights, look, way.closed);
  if (way.found) add_closed(way.path, asked.file, call.rights, look, way.closed);
  return way.closed;
}

CapabilityObject object_of_closed(const Closed& closed, Accounts& accounts) {
  CapabilityObject object{.kind = kind_of(closed), .name = closed.path};
  describe(closed.file, accounts, object);
  return object;
}

CapabilityObject object_of_file(const AskedCall& call, const AskedFile& file, const LookAt& look, Accounts& accounts) {
  const Walk way = walk(file.way, call.rights, look);
  CapabilityObject object{.kind = ObjectKind::FILE, .name = way.path};
  if (way.found) describe(*way.found, accounts, object);
  if (file.op == FileOp::CHOWN)
    set_new_owner(call, accounts, object);
  else if (file.op == FileOp::CHMOD)
    set_new_mode(call, object);
  else if (file.op == FileOp::MKNOD)
    set_device(call, object);
  else
    object.call = call.name;
  return object;
}

}  // namespace profilegen
