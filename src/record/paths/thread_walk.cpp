// SPDX-License-Identifier: Apache-2.0
#include "paths/thread_walk.h"

#include <fcntl.h>
#include <linux/magic.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <climits>

namespace profilegen {
namespace {

constexpr int kMostLinks = 40;      // MAXSYMLINKS of the kernel
constexpr ino_t kRootOfProcfs = 1;  // PROC_ROOT_INO

bool same_file(int a, int b) {
  struct stat one {};
  struct stat other {};
  return fstat(a, &one) == 0 && fstat(b, &other) == 0 && one.st_dev == other.st_dev && one.st_ino == other.st_ino;
}

bool is_link(int fd) {
  struct stat status {};
  return fstat(fd, &status) == 0 && S_ISLNK(status.st_mode);
}

bool is_on_procfs(int fd) {
  struct statfs status {};
  return fstatfs(fd, &status) == 0 && status.f_type == PROC_SUPER_MAGIC;
}

bool is_root_of_procfs(int fd) {
  struct stat status {};
  return is_on_procfs(fd) && fstat(fd, &status) == 0 && status.st_ino == kRootOfProcfs;
}

std::string take_component(std::string& rest) {
  const size_t begin = std::min(rest.find_first_not_of('/'), rest.size());
  const size_t end = std::min(rest.find('/', begin), rest.size());
  std::string component = rest.substr(begin, end - begin);
  rest.erase(0, std::min(rest.find_first_not_of('/', end), rest.size()));
  return component;
}

class WayOfThread {
 public:
  WayOfThread(int root, std::string name, uint32_t thread) : root_(root), rest_(std::move(name)), thread_(thread) {}

  ThreadWalk go(bool follow) {
    result_.at = open_at(root_, ".");
    while (result_.at && !rest_.empty()) {
      const std::string component = take_component(rest_);
      if (component.empty() || component == ".") continue;
      const bool last = rest_.empty() && component != "..";
      if (last && !follow) {
        result_.last = component;
        break;
      }
      step(component, last);
    }
    result_.is_stream = to_stream_ && !result_.at;
    return std::move(result_);
  }

 private:
  static UniqueFd open_at(int directory, const std::string& name, int flags = O_NOFOLLOW) {
    return UniqueFd(openat(directory, name.c_str(), O_PATH | O_CLOEXEC | flags));
  }

  void step(const std::string& component, bool last) {
    if (component == "..") {
      if (!same_file(result_.at.get(), root_)) result_.at = open_at(result_.at.get(), "..");
      return;
    }
    if (is_root_of_procfs(result_.at.get()) && (component == "self" || component == "thread-self")) return enter_own();
    UniqueFd next = open_at(result_.at.get(), component);
    if (!next && last && !is_on_procfs(result_.at.get())) {  // a new file, which is gone again
      result_.last = component;
    } else if (next && is_link(next.get())) {
      follow_link(next, component);
    } else {
      result_.at = std::move(next);
    }
  }

  // The directory in the host's /proc has the same files. /dev/stdout leads there, and what changes it often ends with
  // that: then its descriptors are gone first, and the directory later.
  void enter_own() {
    result_.through_procfs = true;
    result_.at = open_at(AT_FDCWD, "/proc/" + std::to_string(thread_));
    to_stream_ = rest_ == "fd/0" || rest_ == "fd/1" || rest_ == "fd/2";
  }

  void follow_link(const UniqueFd& link, const std::string& component) {
    if (++links_ > kMostLinks) return result_.at.reset();
    // Links at the root of procfs (mounts, net) hold a name; those of a process lead to the file itself.
    if (is_on_procfs(link.get()) && !is_root_of_procfs(result_.at.get())) {
      result_.through_procfs = true;
      result_.at = open_at(result_.at.get(), component, 0);
      return;
    }
    std::array<char, PATH_MAX> target{};
    const ssize_t length = readlinkat(link.get(), "", target.data(), target.size());
    if (length <= 0) return result_.at.reset();
    const std::string name(target.data(), static_cast<size_t>(length));
    rest_ = rest_.empty() ? name : name + "/" + rest_;
    if (name.starts_with('/')) result_.at = open_at(root_, ".");
  }

  int root_;
  std::string rest_;
  uint32_t thread_;
  int links_ = 0;
  bool to_stream_ = false;
  ThreadWalk result_;
};

}  // namespace

ThreadWalk walk_as_thread(int root, const std::string& name, uint32_t thread, bool follow) {
  return WayOfThread(root, name, thread).go(follow);
}

}  // namespace profilegen
