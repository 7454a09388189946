// SPDX-License-Identifier: Apache-2.0
#include "paths/mount_namespace.h"

#include <fcntl.h>
#include <poll.h>
#include <sched.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <thread>

namespace profilegen {
namespace {

constexpr size_t kMostViews = 16;  // a container's runtime changes its mounts some forty times in a row

std::string read_all(int fd) {
  std::string text;
  std::array<char, 4096> part{};
  for (ssize_t length = 0; (length = read(fd, part.data(), part.size())) > 0;)
    text.append(part.data(), static_cast<size_t>(length));
  return text;
}

// Runs in a thread with a root and working directory of its own, which setns() moves to the namespace's root. The
// namespace may have no /proc, or another container's, so the host's /proc is opened first.
bool look_into(int ns, UniqueFd& root, UniqueFd& mountinfo) {
  const UniqueFd self(open("/proc/thread-self", O_PATH | O_DIRECTORY | O_CLOEXEC));
  if (!self || unshare(CLONE_FS) != 0 || setns(ns, CLONE_NEWNS) != 0) return false;
  root.reset(open("/", O_PATH | O_DIRECTORY | O_CLOEXEC));
  mountinfo.reset(openat(self.get(), "mountinfo", O_RDONLY | O_CLOEXEC));
  return root && mountinfo;
}

}  // namespace

std::optional<MountNamespace> MountNamespace::of(const std::string& process, PathResolver::Lookups lookups) {
  UniqueFd fd(open((process + "/ns/mnt").c_str(), O_RDONLY | O_CLOEXEC));
  struct stat status {};
  if (!fd || fstat(fd.get(), &status) != 0) return std::nullopt;
  return MountNamespace(std::move(fd), static_cast<uint32_t>(status.st_ino), std::move(lookups));
}

// proc_pid_mounts(5): poll() reports a change once. The first report is about the time since the file was opened.
bool MountNamespace::is_current() {
  if (changed_) return false;
  pollfd waiting{views_.back().mountinfo.get(), POLLPRI, 0};
  changed_ = poll(&waiting, 1, 0) != 0;
  return !changed_;
}

void MountNamespace::look() {
  if (is_current()) return;
  UniqueFd root;
  UniqueFd mountinfo;
  bool done = false;
  std::thread([&] { done = look_into(fd_.get(), root, mountinfo); }).join();
  if (!done) return;
  MountTable mounts = parse_mountinfo(read_all(mountinfo.get()));
  const MountsMark mark{mounts.size(), root_mount(mounts)};
  if (views_.size() == kMostViews) views_.pop_front();
  views_.push_back({PathResolver(std::move(root), lookups_), std::move(mounts), mark, std::move(mountinfo)});
  changed_ = false;
}

const MountNamespace::View* MountNamespace::view(const MountsMark& mark) {
  look();
  const auto found = std::find_if(views_.rbegin(), views_.rend(), [&](const View& view) { return view.mark == mark; });
  return found == views_.rend() ? nullptr : &*found;
}

bool MountNamespace::could_write_to(const std::string& path, uint32_t root_mount, const MountTable& others) const {
  return std::ranges::any_of(views_, [&](const View& view) {
    return view.mark.root == root_mount && can_write_to(view.mounts, path, others);
  });
}

}  // namespace profilegen
