// SPDX-License-Identifier: Apache-2.0
// Resolves a name that a program used to the path of the file inside a container's root.
#pragma once

#include <sys/stat.h>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <type_traits>

#include "paths/lookup_thread.h"
#include "profilegen/unique_fd.h"

namespace profilegen {

/// The file that a thread named.
struct NamedPath {
  std::string path;        ///< empty if it is none (a pipe, a socket) or can't be told any more
  bool lost = false;       ///< it can't be told any more
  bool by_thread = false;  ///< the name means another file to another thread, or later
};

/// A part of a path that no longer exists is kept as it was written, after removing "..".
/// No look-up waits for a file system that does not answer for longer than LookupThread::kPatience, all together.
class PathResolver {
 public:
  using Lookups = std::shared_ptr<LookupThread>;

  /// `root`: the container's root directory (O_PATH). May be empty if the container was gone too soon. `lookups`: the
  /// container's.
  explicit PathResolver(UniqueFd root, Lookups lookups = std::make_shared<LookupThread>())
      : root_(std::make_shared<const UniqueFd>(std::move(root))), lookups_(std::move(lookups)) {}

  /// `base`: the directory where `name` starts, without symbolic links. `chroot`: the root for absolute links; "" or
  /// "/" for the container's own. `follow`: whether a symbolic link in the last component is followed.
  /// nullopt if that takes too long.
  [[nodiscard]] std::optional<std::string> resolve(const std::string& base, const std::string& name,
                                                   const std::string& chroot, bool follow) const;

  /// The same for a name that a thread (its number on the host) used: it may lead through /proc/self and the like.
  [[nodiscard]] NamedPath resolve_for(uint32_t thread, const std::string& base, const std::string& name,
                                      const std::string& chroot, bool follow) const;

  [[nodiscard]] const Lookups& lookups() const { return lookups_; }

  /// stat(2) of the file at a path of the container, as far as the kernel knows it without asking another process or
  /// machine; nullopt if there is none. Does not follow a symbolic link in the last component.
  [[nodiscard]] std::optional<struct stat> status(const std::string& path) const;

  /// What `look` returns of the file; nullopt if there is none, or if that takes too long. `look` takes an O_PATH
  /// descriptor as a UniqueFd, and owns everything that it uses, since it may be at work for longer.
  template <typename Look>
  auto look_at(const std::string& path, Look look) const -> std::optional<std::invoke_result_t<Look, UniqueFd>> {
    auto found = std::make_shared<UniqueFd>(open(path));
    if (!*found) return std::nullopt;
    return lookups_->ask([found, look] { return look(std::move(*found)); });
  }
  /// The same with a regular file that is opened for reading.
  template <typename Look>
  auto read(const std::string& path, Look look) const -> std::optional<std::invoke_result_t<Look, UniqueFd>> {
    using Seen = std::optional<std::invoke_result_t<Look, UniqueFd>>;
    auto seen = look_at(path, [look](UniqueFd found) -> Seen {
      UniqueFd file = open_for_reading(found.get());
      return file ? Seen(look(std::move(file))) : std::nullopt;
    });
    return seen ? std::move(*seen) : std::nullopt;
  }

 private:
  using Root = std::shared_ptr<const UniqueFd>;

  static UniqueFd open_for_reading(int found);
  [[nodiscard]] UniqueFd open(const std::string& path) const;
  [[nodiscard]] UniqueFd open_below(const Root& root, const std::string& path, uint64_t flags) const;
  /// The name of an open file without the kernel's mark for a removed one.
  [[nodiscard]] std::string living_name(int fd, const std::string& name) const;
  /// nullopt if no link of procfs was on the way.
  [[nodiscard]] std::optional<NamedPath> walk(uint32_t thread, const std::string& chroot, const std::string& inside,
                                              bool follow) const;
  /// Empty if there is no such file, nullopt if that takes too long.
  [[nodiscard]] std::optional<std::string> look_up(const std::string& chroot, const std::string& inside) const;

  Root root_;
  Lookups lookups_;
};

}  // namespace profilegen
