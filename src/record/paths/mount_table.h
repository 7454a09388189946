// SPDX-License-Identifier: Apache-2.0
// A mount namespace's table, as /proc/PID/mountinfo gives it (proc_pid_mountinfo(5)).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace profilegen {

struct MountEntry {
  uint32_t dev = 0;  ///< as the kernel keeps s_dev: major << 20 | minor
  std::string root;  ///< which directory of the file system is mounted
  std::string path;  ///< mount point
  std::string type;
  std::string source;
  bool read_only = false;
  uint32_t id = 0;
  std::vector<std::string> lower{};  ///< of an overlay: its read-only directories, topmost first
};

using MountTable = std::vector<MountEntry>;

MountTable parse_mountinfo(std::string_view text);

/// The id of the mount at "/", the topmost; 0 when there is none.
uint32_t root_mount(const MountTable& table);

/// The directories, in the recorder's view, of which an image is made that an overlay shows at "/"; topmost first.
/// Empty when it is another file system, or its engine named them from a directory that nobody knows.
std::vector<std::string> root_layers(const MountTable& table);

/// What a path of one namespace is called in another; nullopt when its file system is not mounted there.
std::optional<std::string> translate(const MountTable& from, const std::string& path, const MountTable& to);

/// Where a path of a file system shows in this namespace; nullopt when it is mounted nowhere in it.
std::optional<std::string> locate(const MountTable& table, uint32_t dev, const std::string& path_in_file_system);

}  // namespace profilegen
