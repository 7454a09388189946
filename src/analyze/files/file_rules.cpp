// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "files/condense.h"
#include "files/glob_text.h"
#include "files/own_names.h"
#include "profilegen/paths.h"
#include "profilegen/permissions.h"
#include "steps.h"

namespace profilegen {
namespace {

// An executed program is also mapped and, if it is a script, read: the same rule must allow that.
std::string permissions_of(FileOp op) {
  const std::string_view letters = file_op_apparmor(op);
  return letters == "x" ? "rmix" : join_permissions(letters, "");
}

bool is_number(std::string_view name) {
  return !name.empty() && name.find_first_not_of("0123456789") == std::string_view::npos;
}

// Whether `name` is a process id, or a number anywhere below it (thread id, descriptor).
bool is_process_number(const std::string& path, std::string_view name) {
  constexpr std::string_view proc = "/proc/";
  if (!path.starts_with(proc) || !is_number(name)) return false;
  const std::string_view below = std::string_view(path).substr(proc.size());
  return is_number(below.substr(0, below.find('/')));
}

std::string with_marks(const std::string& path, const std::map<std::string, std::string>& own) {
  std::string text;
  for (size_t slash = 0; slash != std::string::npos;) {
    const size_t next = path.find('/', slash + 1);
    const std::string above = path.substr(0, next);
    const std::string name = above.substr(slash + 1);
    const auto varied = own.find(above);
    text += '/';
    if (varied != own.end()) {
      text += varied->second;
    } else {
      text += is_process_number(above, name) ? std::string(kNumberMark) : name;
    }
    slash = next;
  }
  return text;
}

// AppArmor writes a directory with a slash at its end, also in mkdir and rmdir.
bool is_directory(FileOp op, const FileFact& fact) {
  return fact.directory || file_op_traits(op).object == FileOpTraits::Object::directory;
}

// A file made by open(2) with O_TMPFILE is recorded by its directory. AppArmor calls it "#" and its inode number.
bool has_no_name(FileOp op, const FileFact& fact) {
  return op == FileOp::TMPFILE || ((op == FileOp::MAP_EXEC || op == FileOp::EXEC) && fact.directory);
}

// Abstract sockets and pipes have no path that a rule could name. A path from the kernel never contains a NUL.
bool has_path(const std::string& path) { return path.starts_with('/') && path.find(kMark) == std::string::npos; }

FileTexts file_texts(const Trace& trace) {
  const std::map<std::string, std::string> own = own_names(trace);
  FileTexts files;
  for (const auto& [key, fact] : trace.files) {
    if (!has_path(key.path) || file_op_apparmor(key.op).empty()) continue;
    std::string text = with_marks(key.path, own);
    if (is_directory(key.op, fact) && !text.ends_with('/')) text += '/';
    if (has_no_name(key.op, fact)) text += "#" + std::string(kNumberMark);
    allow(files, text, permissions_of(key.op));
  }
  return files;
}

}  // namespace

void add_files(const Trace& trace, Profile& profile) {
  FileTexts files = file_texts(trace);
  condense(files);
  for (const auto& [text, permissions] : files) {
    std::string& known = profile.files[render_pattern(text)].permissions;
    known = join_permissions(known, permissions);
  }
}

}  // namespace profilegen
