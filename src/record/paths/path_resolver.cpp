// SPDX-License-Identifier: Apache-2.0
#include "paths/path_resolver.h"
#include "profilegen/paths.h"

#include <fcntl.h>
#include <linux/openat2.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/sysmacros.h>

#include <array>
#include <cerrno>
#include <climits>
#include <cstdint>
#include <optional>

#include "paths/lexical_path.h"
#include "paths/thread_walk.h"

namespace profilegen {
namespace {

UniqueFd open_in_root(int root, const std::string& path, uint64_t flags, uint64_t cached) {
  const std::string relative = path.empty() || path == "/" ? "." : path;
  open_how how{};
  how.flags = flags | O_CLOEXEC;
  how.resolve = RESOLVE_IN_ROOT | cached;
  return UniqueFd(static_cast<int>(syscall(SYS_openat2, root, relative.c_str(), &how, sizeof how)));
}

std::optional<struct stat> status_of(int fd) {
  struct statx found {};
  if (fd < 0 || statx(fd, "", AT_EMPTY_PATH | AT_STATX_DONT_SYNC, STATX_BASIC_STATS, &found) != 0) return std::nullopt;
  struct stat status {};
  status.st_mode = found.stx_mode;
  status.st_uid = found.stx_uid;
  status.st_gid = found.stx_gid;
  status.st_ino = found.stx_ino;
  status.st_dev = makedev(found.stx_dev_major, found.stx_dev_minor);
  status.st_size = static_cast<off_t>(found.stx_size);
  status.st_blocks = static_cast<blkcnt_t>(found.stx_blocks);
  return status;
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
  const auto status = status_of(fd);
  return status ? std::optional(Identity{status->st_dev, status->st_ino}) : std::nullopt;
}

std::string append_name(const std::string& directory, const std::string& name) {
  if (name.empty()) return directory.empty() ? "/" : directory;
  return (directory == "/" ? "" : directory) + "/" + name;
}

}  // namespace

// What the thread has just used, the kernel mostly still has in its memory, and tells at once. For the rest it may have
// to ask: a disk, another machine, or a FUSE server, which may be the container's own. RESOLVE_CACHED is since
// Linux 5.12. Sets errno to ETIMEDOUT if that takes too long.
UniqueFd PathResolver::open_below(const Root& root, const std::string& path, uint64_t flags) const {
  if (!*root) return UniqueFd();
  UniqueFd found = open_in_root(root->get(), path, flags, RESOLVE_CACHED);
  if (found || (errno != EAGAIN && errno != EINVAL)) return found;
  auto asked = lookups_->ask([root, path, flags] { return open_in_root(root->get(), path, flags, 0); });
  if (!asked) errno = ETIMEDOUT;
  return asked ? std::move(*asked) : UniqueFd();
}

UniqueFd PathResolver::open(const std::string& path) const { return open_below(root_, path, O_PATH | O_NOFOLLOW); }

std::optional<struct stat> PathResolver::status(const std::string& path) const { return status_of(open(path).get()); }

// Checks the type first: opening a device can affect the host, and opening a pipe lets its writer go on. O_NONBLOCK:
// the container may hold a lease on the file (fcntl(2)).
UniqueFd PathResolver::open_for_reading(int found) {
  const auto status = status_of(found);
  if (!status || !S_ISREG(status->st_mode)) return UniqueFd();
  return UniqueFd(::open(("/proc/self/fd/" + std::to_string(found)).c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
}

std::optional<std::string> PathResolver::look_up(const std::string& chroot, const std::string& inside) const {
  errno = 0;
  const bool plain = chroot.empty() || chroot == "/";
  const Root root = plain ? root_ : std::make_shared<const UniqueFd>(open(chroot));
  const UniqueFd found = open_below(root, inside, O_PATH);
  if (!found) return errno == ETIMEDOUT ? std::nullopt : std::optional<std::string>("");
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
  const Root jail = std::make_shared<const UniqueFd>(open(chroot));
  if (thread == 0 || !*jail) return std::nullopt;
  const auto way = lookups_->ask([=] { return walk_as_thread(jail->get(), inside, thread, follow); });
  if (!way) return NamedPath{"", true, false};
  if (!way->through_procfs) return std::nullopt;
  NamedPath found{"", !way->at && !way->is_stream, true};
  const std::string path = way->at ? living_name(way->at.get(), name_of(way->at.get())) : "";
  if (path.empty()) return found;
  found.lost = identity_of(open(path).get()) != identity_of(way->at.get());
  if (!found.lost) found.path = append_name(path == "/" && !way->last.empty() ? "" : path, way->last);
  return found;
}

std::optional<std::string> PathResolver::resolve(const std::string& base, const std::string& name,
                                                 const std::string& chroot, bool follow) const {
  const NamedPath found = resolve_for(0, base, name, chroot, follow);
  return found.lost ? std::nullopt : std::optional(found.path);
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
    const auto found = look_up(jail, inside);
    if (!found) return {"", true, false};
    if (!found->empty()) return {*found, false, false};
    if (const auto walked = walk(thread, jail, inside, true)) return *walked;
  }
  if (last != "." && last != ".." && slash != std::string::npos) {
    const auto parent = look_up(jail, inside.substr(0, slash));
    if (!parent) return {"", true, false};
    if (!parent->empty()) return {append_name(*parent, last), false, false};
    if (const auto walked = walk(thread, jail, inside, false)) return *walked;
  }
  return {fold_path(whole), false, false};
}

}  // namespace profilegen
