// SPDX-License-Identifier: Apache-2.0
#include "mount_namespace.h"

#include <fcntl.h>
#include <sched.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <thread>

namespace profilegen {
namespace {

// A file of /proc, from its begin.
std::string read_again(int fd) {
  std::string text;
  std::array<char, 4096> part{};
  lseek(fd, 0, SEEK_SET);
  for (ssize_t length = 0; (length = read(fd, part.data(), part.size())) > 0;)
    text.append(part.data(), static_cast<size_t>(length));
  return text;
}

// A thread that enters another namespace needs a root and working directory of its own, and finds both at that
// namespace's root. /proc there may be another container's or none, so ours is opened before.
bool look_into(int ns, UniqueFd& root, UniqueFd& mountinfo) {
  const UniqueFd self(open("/proc/thread-self", O_PATH | O_DIRECTORY | O_CLOEXEC));
  if (!self || unshare(CLONE_FS) != 0 || setns(ns, CLONE_NEWNS) != 0) return false;
  root.reset(open("/", O_PATH | O_DIRECTORY | O_CLOEXEC));
  mountinfo.reset(openat(self.get(), "mountinfo", O_RDONLY | O_CLOEXEC));
  return root && mountinfo;
}

MountsMark mark_of(const MountTable& mounts) { return {mounts.size(), root_mount(mounts)}; }

}  // namespace

std::optional<MountNamespace> MountNamespace::of(const std::string& process) {
  UniqueFd fd(open((process + "/ns/mnt").c_str(), O_RDONLY | O_CLOEXEC));
  struct stat status {};
  if (!fd || fstat(fd.get(), &status) != 0) return std::nullopt;
  return MountNamespace(std::move(fd), static_cast<uint32_t>(status.st_ino));
}

bool MountNamespace::View::is_still(const MountsMark& mark) const {
  return mark_of(mounts) == mark && mark_of(parse_mountinfo(read_again(mountinfo.get()))) == mark;
}

const MountNamespace::View* MountNamespace::view() {
  if (view_) return view_.get();
  UniqueFd root;
  UniqueFd mountinfo;
  bool done = false;
  std::thread([&] { done = look_into(fd_.get(), root, mountinfo); }).join();
  if (!done) return nullptr;
  MountTable mounts = parse_mountinfo(read_again(mountinfo.get()));
  view_ = std::make_unique<View>(View{PathResolver(std::move(root)), std::move(mounts), std::move(mountinfo)});
  return view_.get();
}

}  // namespace profilegen
