// SPDX-License-Identifier: Apache-2.0
#include "files/executable.h"

#include <elf.h>
#include <sys/stat.h>
#include <sys/xattr.h>
#include <unistd.h>

#include <array>
#include <climits>
#include <cstring>

namespace profilegen {
namespace {

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
    return length > 0 ? name.substr(0, name.find('\0')) : "";
  }
  return "";
}

bool is_script(int fd) {
  std::array<char, 2> begin{};
  return read_at(fd, begin, 0) && begin == std::array{'#', '!'};
}

bool is_set_id(int fd) {
  struct stat status {};
  if (fstat(fd, &status) != 0) return false;
  const bool set_gid = (status.st_mode & S_ISGID) != 0 && (status.st_mode & S_IXGRP) != 0;
  return (status.st_mode & S_ISUID) != 0 || set_gid || fgetxattr(fd, "security.capability", nullptr, 0) > 0;
}

std::string elf_interpreter(int fd) {
  std::array<unsigned char, EI_NIDENT> ident{};
  if (!read_at(fd, ident, 0) || memcmp(ident.data(), ELFMAG, SELFMAG) != 0) return "";
  return ident[EI_CLASS] == ELFCLASS32 ? interpreter<Elf32_Ehdr, Elf32_Phdr>(fd)
                                       : interpreter<Elf64_Ehdr, Elf64_Phdr>(fd);
}

}  // namespace

Executable look_at_executable(int fd) {
  if (is_script(fd)) return {};
  return {is_set_id(fd), elf_interpreter(fd)};
}

}  // namespace profilegen
