// SPDX-License-Identifier: Apache-2.0
#include "files/executable.h"

#include <elf.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
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

constexpr size_t kScriptLine = 256;  // the kernel reads as much of a script (BINPRM_BUF_SIZE)

bool is_set_id(int fd) {
  struct stat status {};
  if (fstat(fd, &status) != 0) return false;
  const bool set_gid = (status.st_mode & S_ISGID) != 0 && (status.st_mode & S_IXGRP) != 0;
  return (status.st_mode & S_ISUID) != 0 || set_gid;
}

std::string elf_interpreter(int fd) {
  std::array<unsigned char, EI_NIDENT> ident{};
  if (!read_at(fd, ident, 0) || memcmp(ident.data(), ELFMAG, SELFMAG) != 0) return "";
  return ident[EI_CLASS] == ELFCLASS32 ? interpreter<Elf32_Ehdr, Elf32_Phdr>(fd)
                                       : interpreter<Elf64_Ehdr, Elf64_Phdr>(fd);
}

}  // namespace

std::string script_interpreter(int fd) {
  std::array<char, kScriptLine> text{};
  const ssize_t length = is_script(fd) ? pread(fd, text.data(), text.size(), 0) : 0;
  if (length <= 0) return "";
  std::string line(text.data() + 2, static_cast<size_t>(length) - 2);
  line.resize(std::min(line.find('\n'), line.size()));
  const size_t start = line.find_first_not_of(" \t");
  if (start == std::string::npos) return "";
  return line.substr(start, line.find_first_of(std::string_view(" \t\0", 3), start) - start);
}

Executable look_at_executable(int fd) {
  if (is_script(fd)) return {};
  return {is_set_id(fd), elf_interpreter(fd)};
}

}  // namespace profilegen
