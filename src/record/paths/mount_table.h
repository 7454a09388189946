// SPDX-License-Identifier: Apache-2.0
// The mount table of a namespace, as in /proc/PID/mountinfo (proc_pid_mountinfo(5)).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace profilegen {

struct MountEntry {
  uint32_t dev = 0;  ///< the kernel's s_dev: major << 20 | minor
  std::string root;  ///< the directory of the file system that is mounted
  std::string path;  ///< mount point
  std::string type;
  std::string source;
  bool read_only = false;
  uint32_t id = 0;
  std::string upper{};               ///< the writable directory of an overlay, on the host
  std::vector<std::string> lower{};  ///< the read-only directories of an overlay, topmost first
  bool no_exec = false;              ///< nothing on it can be run as code
};

using MountTable = std::vector<MountEntry>;

MountTable parse_mountinfo(std::string_view text);

/// The id of the topmost mount at "/"; 0 if there is none.
uint32_t root_mount(const MountTable& table);

/// The layers of an image that an overlay shows at "/", as directories on the host, topmost first. Empty if "/" is no
/// overlay, or if the engine gave relative directories.
std::vector<std::string> root_layers(const MountTable& table);

/// The directory on the host to which an overlay at "/" writes; empty if there is none.
std::string root_upper(const MountTable& table);

/// Whether one of the mounts is of this file system.
bool has_device(const MountTable& table, uint32_t dev);

/// Whether the path lies on a file system that `others` has too, and is not mounted read-only.
bool can_write_to(const MountTable& table, const std::string& path, const MountTable& others);

/// Whether no code can be run from the file, because of its mount.
bool is_without_execution(const MountTable& table, const std::string& path);

/// Translates a path of one namespace to another; nullopt if its file system is not mounted there.
std::optional<std::string> translate(const MountTable& from, const std::string& path, const MountTable& to);

/// The path in this namespace of a path within a file system; nullopt if the namespace has not mounted it.
std::optional<std::string> locate(const MountTable& table, uint32_t dev, const std::string& path_in_file_system);

}  // namespace profilegen
