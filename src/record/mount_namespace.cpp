// SPDX-License-Identifier: Apache-2.0
#include "mount_namespace.h"

#include <fcntl.h>
#include <sched.h>
#include <sys/stat.h>

#include <algorithm>
#include <array>
#include <thread>

namespace profilegen {
namespace {

std::string read_all(int fd) {
  std::string text;
  std::array<char, 4096> part{};
  for (ssize_t length = 0; (length = read(fd, part.data(), part.size())) > 0;)
    text.append(part.data(), static_cast<size_t>(length));
  return text;
}

// A thread that enters another namespace needs a root and working directory of its own, and finds both at that
// namespace's root. /proc there may be another container's or none, so ours is opened before.
bool look_into(int ns, UniqueFd& root, std::string& mountinfo) {
  const UniqueFd self(open("/proc/thread-self", O_PATH | O_DIRECTORY | O_CLOEXEC));
  if (!self || unshare(CLONE_FS) != 0 || setns(ns, CLONE_NEWNS) != 0) return false;
  root.reset(open("/", O_PATH | O_DIRECTORY | O_CLOEXEC));
  const UniqueFd table(openat(self.get(), "mountinfo", O_RDONLY | O_CLOEXEC));
  if (!root || !table) return false;
  mountinfo = read_all(table.get());
  return true;
}

}  // namespace

std::optional<MountNamespace> MountNamespace::of(const std::string& process) {
  UniqueFd fd(open((process + "/ns/mnt").c_str(), O_RDONLY | O_CLOEXEC));
  struct stat status {};
  if (!fd || fstat(fd.get(), &status) != 0) return std::nullopt;
  return MountNamespace(std::move(fd), static_cast<uint32_t>(status.st_ino));
}

uint64_t MountNamespace::set_changed(uint64_t at_ns) {
  const auto late = std::count_if(uses_.begin(), uses_.end(), [&](uint64_t use) { return use >= at_ns; });
  uses_.clear();
  view_.reset();
  return static_cast<uint64_t>(late);
}

const MountNamespace::View* MountNamespace::view() {
  if (view_) return view_.get();
  UniqueFd root;
  std::string mountinfo;
  bool done = false;
  std::thread([&] { done = look_into(fd_.get(), root, mountinfo); }).join();
  if (done) view_ = std::make_unique<View>(View{PathResolver(std::move(root)), parse_mountinfo(mountinfo)});
  return view_.get();
}

}  // namespace profilegen
