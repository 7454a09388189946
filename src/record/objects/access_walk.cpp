// SPDX-License-Identifier: Apache-2.0
#include "objects/access_walk.h"

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <climits>
#include <deque>
#include <iterator>

#include "profilegen/paths.h"

namespace profilegen {
namespace {

constexpr int kMostLinks = 40;  // as the kernel follows in one name

std::deque<std::string> parts_of(const std::string& name) {
  std::deque<std::string> parts;
  for (size_t begin = 0; begin < name.size();) {
    const size_t end = std::min(name.find('/', begin), name.size());
    if (end > begin) parts.push_back(name.substr(begin, end - begin));
    begin = end + 1;
  }
  return parts;
}

std::string child_path(const std::string& directory, const std::string& name) {
  return (directory == "/" ? "" : directory) + "/" + name;
}

class Walker {
 public:
  Walker(const Way& way, const Rights& rights, const LookAt& look)
      : root_(way.root.empty() ? "/" : way.root), follow_(way.follow), rights_(rights), look_(look) {
    at_ = way.name.starts_with('/') ? root_ : way.start;
    left_ = parts_of(way.name);
  }

  Walk walk() {
    while (!left_.empty() && enter()) {
    }
    for (; !left_.empty(); left_.pop_front()) at_ = child_path(at_, left_.front());
    return {std::move(closed_), at_, look_(at_)};
  }

 private:
  /// Goes on by one part of the name; false if the directory is gone.
  bool enter() {
    const auto directory = look_(at_);
    if (!directory) return false;
    search(*directory);
    const std::string part = left_.front();
    left_.pop_front();
    if (part == "..") at_ = at_ == root_ ? root_ : parent_directory(at_);
    if (part == "." || part == "..") return true;
    const std::string next = child_path(at_, part);
    const auto file = left_.empty() && !follow_ ? std::nullopt : look_(next);
    if (file && !file->link.empty() && ++links_ <= kMostLinks)
      follow(file->link);
    else
      at_ = next;
    return true;
  }

  void search(const FileStatus& directory) {
    const bool known = std::ranges::any_of(closed_, [&](const Closed& closed) { return closed.path == at_; });
    if (!known && !allows(directory, rights_, kSearch)) closed_.push_back({at_, kSearch, directory});
  }

  void follow(const std::string& link) {
    if (link.starts_with('/')) at_ = root_;
    auto parts = parts_of(link);
    std::ranges::move(left_, std::back_inserter(parts));
    left_ = std::move(parts);
  }

  std::string root_;
  bool follow_;
  const Rights& rights_;
  const LookAt& look_;
  std::string at_;
  std::deque<std::string> left_;
  int links_ = 0;
  std::vector<Closed> closed_;
};

std::string target_of(const UniqueFd& link) {
  std::array<char, PATH_MAX> target{};
  const ssize_t length = readlinkat(link.get(), "", target.data(), target.size());
  return length > 0 ? std::string(target.data(), static_cast<size_t>(length)) : "";
}

}  // namespace

LookAt look_in(const PathResolver& container) {
  return [&container](const std::string& path) -> std::optional<FileStatus> {
    const auto status = container.status(path);
    if (!status) return std::nullopt;
    FileStatus found{status->st_mode, status->st_uid, status->st_gid};
    if (S_ISLNK(status->st_mode)) found.link = container.look_at(path, target_of).value_or("");
    return found;
  };
}

bool allows(const FileStatus& file, const Rights& rights, uint32_t access) {
  return mode_allows(rights, file.mode, file.user, file.group, access);
}

Walk walk(const Way& way, const Rights& rights, const LookAt& look) { return Walker(way, rights, look).walk(); }

}  // namespace profilegen
