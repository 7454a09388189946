// SPDX-License-Identifier: Apache-2.0
#include "paths/path_resolver.h"
#include "profilegen/paths.h"

#include <fcntl.h>
#include <linux/openat2.h>
#include <sys/stat.h>
#include <sys/syscall.h>

#include <array>
#include <climits>
#include <cstdint>
#include <optional>

#include "paths/lexical_path.h"
#include "paths/thread_walk.h"

namespace profilegen {
namespace {

UniqueFd open_in_root(int root, const std::string& path, uint64_t flags) {
  const std::string relative = path.empty() || path == "/" ? "." : path;
  open_how how{};
  how.flags = flags | O_CLOEXEC;
  how.resolve = RESOLVE_IN_ROOT;
  return UniqueFd(static_cast<int>(syscall(SYS_openat2, root, relative.c_str(), &how, sizeof how)));
}

// The kernel's name of an open file. In another mount namespace, the path starts at the root of that namespace.
std::string name_of(int fd) {
  std::array<char, PATH_MAX> buffer{};
  const std::string link = "/proc/self/fd/" + std::to_string(fd);
  const ssize_t length = readlink(link.c_str(), buffer.data(), buffer.size());
  return length > 0 && buffer[0] == '/' ? std::string(buffer.data(), static_cast<size_t>(length)) : "";
}

struct Identity {
  dev_t device;
  ino_t inode;
  bool operator==(const Identity&) const = default;
};

std::optional<Identity> identity_of(int fd) {
  struct stat status {};
  if (fd < 0 || fstat(fd, &status) != 0) return std::nullopt;
  return Identity{status.st_dev, status.st_ino};
}

std::string append_name(const std::string& directory, const std::string& name) {
  if (name.empty()) return directory.empty() ? "/" : directory;
  return (directory == "/" ? "" : directory) + "/" + name;
}

}  // namespace

UniqueFd PathResolver::open(const std::string& path) const {
  return root_ ? open_in_root(root_.get(), path, O_PATH | O_NOFOLLOW) : UniqueFd();
}

UniqueFd PathResolver::open_file(const std::string& path) const {
  // Checks the type first: opening a device can affect the host, and opening a pipe lets its writer go on.
  const UniqueFd found = open(path);
  struct stat status {};
  if (!found || fstat(found.get(), &status) != 0 || !S_ISREG(status.st_mode)) return UniqueFd();
  return UniqueFd(::open(("/proc/self/fd/" + std::to_string(found.get())).c_str(), O_RDONLY | O_CLOEXEC));
}

std::string PathResolver::look_up(const std::string& chroot, const std::string& inside) const {
  if (!root_) return "";
  const bool plain = chroot.empty() || chroot == "/";
  const UniqueFd jail = plain ? UniqueFd() : open(chroot);
  if (!plain && !jail) return "";
  const UniqueFd found = open_in_root(plain ? root_.get() : jail.get(), inside, O_PATH);
  if (!found) return "";
  return living_name(found.get(), name_of(found.get()));
}

// The kernel adds this to the name of a file that was removed (d_path() in fs/d_path.c). But a file can be called so.
std::string PathResolver::living_name(int fd, const std::string& name) const {
  constexpr std::string_view mark = " (deleted)";
  if (!name.ends_with(mark) || identity_of(open(name).get()) == identity_of(fd)) return name;
  return name.substr(0, name.size() - mark.size());
}

// openat2() with RESOLVE_IN_ROOT refuses links of procfs. Where one led may lie in another mount namespace, so the name
// counts only if it is that file's name here, too.
std::optional<NamedPath> PathResolver::walk(uint32_t thread, const std::string& chroot, const std::string& inside,
                                            bool follow) const {
  const UniqueFd jail = open(chroot);
  if (thread == 0 || !jail) return std::nullopt;
  const ThreadWalk way = walk_as_thread(jail.get(), inside, thread, follow);
  if (!way.through_procfs) return std::nullopt;
  NamedPath found{"", !way.at, true};
  const std::string path = way.at ? living_name(way.at.get(), name_of(way.at.get())) : "";
  if (path.empty()) return found;
  found.lost = identity_of(open(path).get()) != identity_of(way.at.get());
  if (!found.lost) found.path = append_name(path == "/" && !way.last.empty() ? "" : path, way.last);
  return found;
}

std::string PathResolver::resolve(const std::string& base, const std::string& name, const std::string& chroot,
                                  bool follow) const {
  return resolve_for(0, base, name, chroot, follow).path;
}

NamedPath PathResolver::resolve_for(uint32_t thread, const std::string& base, const std::string& name,
                                    const std::string& chroot, bool follow) const {
  std::string whole = append_name(base, name);
  while (whole.size() > 1 && whole.back() == '/') whole.pop_back();
  // Symbolic links are resolved below the chroot, so the path is made relative to it.
  const bool jailed = chroot.size() > 1 && is_at_or_below(whole, chroot);
  const std::string inside = jailed ? whole.substr(chroot.size()) : whole;
  const std::string& jail = jailed ? chroot : "";

  const size_t slash = inside.find_last_of('/');
  const std::string last = slash == std::string::npos ? inside : inside.substr(slash + 1);
  if (follow || last == "." || last == "..") {
    std::string found = look_up(jail, inside);
    if (!found.empty()) return {found, false, false};
    if (const auto walked = walk(thread, jail, inside, true)) return *walked;
  }
  if (last != "." && last != ".." && slash != std::string::npos) {
    const std::string parent = look_up(jail, inside.substr(0, slash));
    if (!parent.empty()) return {append_name(parent, last), false, false};
    if (const auto walked = walk(thread, jail, inside, false)) return *walked;
  }
  return {fold_path(whole), false, false};
}

}  // namespace profilegen
