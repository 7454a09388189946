// SPDX-License-Identifier: Apache-2.0
#include "file_events.h"

#include <elf.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/xattr.h>

#include <array>
#include <climits>
#include <cstring>

#include "lexical_path.h"

namespace profilegen {
namespace {

// Where the base of an event lies in the container; nullopt when it is on a file system that the container has not.
std::optional<std::string> base_path(const Target& target, const pg_file_event& event, std::string_view base) {
  std::string path(base);
  if (path.empty()) path = "/";
  if ((event.flags & PG_FILE_FOREIGN) == 0) return path;
  return locate(target.mounts, event.dev, path);
}

std::string chroot_of(const Target& target, uint64_t root) {
  const auto known = target.chroots.find(root);
  return root != 0 && known != target.chroots.end() ? known->second : "";
}

void merge_evidence(Evidence& into, const Evidence& other, bool is_new) {
  if (is_new || other.first < into.first) into.first = other.first;
  into.runs.insert(other.runs.begin(), other.runs.end());
}

void add_fact(Target& target, const std::string& path, FileOp op, bool directory, const pg_first& first) {
  const auto [place, is_new] = target.facts.files.try_emplace({path, op});
  merge_evidence(place->second, target.evidence(first), is_new);
  place->second.directory |= directory;
}

template <typename Header>
bool read_at(int fd, Header& header, uint64_t offset) {
  return pread(fd, &header, sizeof header, static_cast<off_t>(offset)) == static_cast<ssize_t>(sizeof header);
}

template <typename Ehdr, typename Phdr>
std::string interpreter(int fd) {
  Ehdr file{};
  if (!read_at(fd, file, 0)) return "";
  for (unsigned i = 0; i < file.e_phnum; ++i) {
    Phdr segment{};
    if (!read_at(fd, segment, file.e_phoff + uint64_t{i} * sizeof segment)) return "";
    if (segment.p_type != PT_INTERP || segment.p_filesz > PATH_MAX) continue;
    std::string name(segment.p_filesz, '\0');
    const ssize_t length = pread(fd, name.data(), name.size(), static_cast<off_t>(segment.p_offset));
    return length > 0 ? std::string(name.c_str()) : "";
  }
  return "";
}

bool changes_identity(int fd) {
  struct stat status {};
  if (fstat(fd, &status) != 0) return false;
  const bool set_gid = (status.st_mode & S_ISGID) != 0 && (status.st_mode & S_IXGRP) != 0;
  return (status.st_mode & S_ISUID) != 0 || set_gid || fgetxattr(fd, "security.capability", nullptr, 0) > 0;
}

// An executed program: whether it changes credentials, and the loader that the kernel maps for it without any call.
// The kernel passes over a script's set-id bits.
void add_program(Target& target, const std::string& path, const pg_first& first) {
  const UniqueFd program = target.paths.open_file(path);
  if (!program) return;
  std::array<char, 2> begin{};
  if (read_at(program.get(), begin, 0) && begin == std::array{'#', '!'}) return;
  if (changes_identity(program.get())) add_fact(target, path, FileOp::EXEC_SETID, false, first);
  const std::string loader = elf_interpreter(program.get());
  if (loader.empty()) return;
  const std::string resolved = target.paths.resolve("", loader.substr(loader.front() == '/' ? 1 : 0), "", true);
  add_fact(target, resolved, FileOp::READ, false, first);
  add_fact(target, resolved, FileOp::MAP_EXEC, false, first);
}

void add_operation(Target& target, const std::string& path, FileOp op, bool directory, const pg_first& first) {
  // A file without a name: what is needed is its directory (open(2), O_TMPFILE).
  if (op == FileOp::TMPFILE) return add_fact(target, parent_of(path), op, true, first);
  const bool is_directory = directory || op == FileOp::MKDIR || op == FileOp::RMDIR;
  const bool is_new = target.facts.files.count({path, op}) == 0;
  add_fact(target, path, op, is_directory, first);
  if (op == FileOp::EXEC && is_new) add_program(target, path, first);
}

}  // namespace

std::string elf_interpreter(int fd) {
  std::array<unsigned char, EI_NIDENT> ident{};
  if (!read_at(fd, ident, 0) || memcmp(ident.data(), ELFMAG, SELFMAG) != 0) return "";
  return ident[EI_CLASS] == ELFCLASS32 ? interpreter<Elf32_Ehdr, Elf32_Phdr>(fd)
                                       : interpreter<Elf64_Ehdr, Elf64_Phdr>(fd);
}

void add_file_event(Target& target, const pg_file_event& event, std::string_view base, std::string_view tail) {
  if (event.type == PG_EVENT_ROOT) {
    if (const auto path = base_path(target, event, base)) target.chroots[event.root] = *path;
    return;
  }
  const bool named = (event.flags & PG_FILE_TAIL) != 0;
  if (named) {
    std::string key = std::to_string(event.root) + ' ' + std::to_string(event.ops) + ' ' + std::to_string(event.flags);
    key.append(base).append(1, '\0').append(tail);
    if (!target.names_seen.insert(std::move(key)).second) return;
  }
  const auto start = base_path(target, event, base);
  if (!start) return;
  const std::string path = named ? target.paths.resolve(*start, std::string(tail), chroot_of(target, event.root),
                                                        (event.flags & PG_FILE_FOLLOW) != 0)
                                 : *start;
  for (unsigned op = 0; op < PG_OPS; ++op)
    if ((event.ops >> op & 1) != 0)
      add_operation(target, path, static_cast<FileOp>(op), (event.flags & PG_FILE_DIRECTORY) != 0, event.first);
}

}  // namespace profilegen
