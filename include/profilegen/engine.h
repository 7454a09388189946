// SPDX-License-Identifier: Apache-2.0
// What is asked of a container engine, through its own client: who a container is, and what a client command starts.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "profilegen/result.h"
#include "profilegen/trace.h"

namespace profilegen {

struct Engine {
  std::string_view name;     ///< "docker"
  std::string_view client;   ///< program name
  std::string_view compose;  ///< stand-alone compose program; empty when there is none
  std::string_view cgroup;   ///< beginning of the names of its containers' cgroups
};
std::span<const Engine> engines();

/// The engine that names cgroups like this, or null: not all of them can be told apart by it.
const Engine* engine_of_cgroup(std::string_view cgroup_name);
/// The container id that engines put into a cgroup's name (64 hexadecimal digits), or "".
std::string container_id_in(std::string_view cgroup_name);

/// An engine and how its client is called: the program with global options, e.g. {"docker", "--host", "tcp://…"}.
struct EngineClient {
  const Engine* engine;
  std::vector<std::string> client;
};

/// A mount that the user or the image asked for, as `inspect` tells it.
struct RequestedMount {
  std::string type;         ///< "bind", "volume" or "tmpfs"
  std::string source;       ///< host path or volume name; empty for tmpfs
  std::string destination;  ///< in the container
  bool read_only = false;
};

struct ContainerInfo {
  Subject subject;
  std::map<std::string, std::string> labels;
  std::vector<RequestedMount> mounts;
  std::vector<std::string> layers;  ///< the image's directories on the host, topmost first; empty when unknown
  int pid = 0;                      ///< of its init in the host's pid namespace; 0 when it does not run
};

/// The array that `docker inspect` prints, with at least one container in it.
Result<std::vector<ContainerInfo>> parse_inspect(std::string_view json, const Engine& engine);
/// The OCI bundle's config.json: what is known of a container that was gone before the engine could be asked.
Result<ContainerInfo> parse_bundle_config(std::string_view json, const std::string& id, const Engine& engine);
/// What the bundle knows better than `inspect`: nerdctl tells neither the user nor no-new-privileges, and Docker only
/// those of the container, not those of the daemon. podman's files name a container and tell no more of it.
void complete_from_bundle(ContainerInfo& info, std::string_view json, const Engine& engine);
/// Text of a file, "" when it can't be read.
using ReadFile = std::function<std::string(const std::string& path)>;
/// What an engine's own files say of a container that has begun, in the words of `inspect`; "" when they can't be
/// found. For the case that the engine has forgotten it before its client can answer. `bundle_config` was read from
/// `bundle_path`.
std::string inspect_from_files(std::string_view bundle_config, const std::string& bundle_path, const std::string& id,
                               const ReadFile& read_file);
/// Where engines keep config.json of a running container.
std::vector<std::string> bundle_config_paths(const std::string& id);

/// What `docker info` or `podman info` tells of the engine itself.
struct EngineInfo {
  std::string version;
  std::string default_runtime;
  std::map<std::string, std::string> runtimes;  ///< the engine's name of an OCI runtime → its program
  std::string cgroup_driver;                    ///< "cgroupfs" or "systemd"
  std::set<std::string> security;               ///< of "seccomp", "apparmor", "selinux", … those that are on
};
Result<EngineInfo> parse_engine_info(std::string_view json, const Engine& engine);

/// What COMMAND starts, when it is an engine's client.
struct ClientCommand {
  enum class Kind { none, run, start, restart, exec, compose };
  Kind kind = Kind::none;
  const Engine* engine = nullptr;
  std::vector<std::string> client;  ///< program and global options, e.g. {"docker", "--host", "tcp://…"}
  size_t after_subcommand = 0;      ///< index in COMMAND right behind the subcommand: where an option can be put
  std::string cidfile;              ///< run: the user's own --cidfile, empty when there is none
  std::vector<std::string> names;   ///< start, restart, exec: containers named
  std::string project;              ///< compose: project name
};
/// `directory` is COMMAND's working directory, `project_variable` the value of COMPOSE_PROJECT_NAME.
ClientCommand parse_client_command(const std::vector<std::string>& command, const std::string& directory,
                                   const std::string& project_variable);

/// Matches a container by name, id (or its beginning) or image with a shell pattern (fnmatch(3)).
bool matches_container(const std::string& pattern, const Subject& subject);

}  // namespace profilegen
