// SPDX-License-Identifier: Apache-2.0
// Container engines, asked through their own clients: who is this container, and what does this client command start?
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
  std::string_view cgroup;   ///< prefix of its containers' cgroup names
};
std::span<const Engine> engines();

/// The engine that names cgroups like this. nullptr when the name does not tell, since some engines use no prefix.
const Engine* engine_of_cgroup(std::string_view cgroup_name);
/// The container id that engines put into a cgroup's name (64 hexadecimal digits), or "".
std::string container_id_in(std::string_view cgroup_name);

/// An engine and the command that calls its client: the program with global options, e.g. {"docker", "--host",
/// "tcp://…"}.
struct EngineClient {
  const Engine* engine;
  std::vector<std::string> client;
};

/// A mount that the user or the image asked for, as `inspect` shows it.
struct RequestedMount {
  std::string type;         ///< "bind", "volume" or "tmpfs"
  std::string source;       ///< host path or volume name; empty for tmpfs
  std::string destination;  ///< path in the container
  bool read_only = false;
};

/// How a container stands, as `inspect` shows it.
struct ContainerState {
  bool lives = false;    ///< it runs or is paused, or the engine is about to start it again
  bool policy = false;   ///< it has a restart policy, by which the engine may start it again when it has ended
  std::string health{};  ///< "starting", "healthy" or "unhealthy"; empty when it has no health check
  int exit_code = 0;     ///< of its last end
};

struct ContainerInfo {
  Subject subject;
  ContainerState state;
  std::map<std::string, std::string> labels;
  std::vector<RequestedMount> mounts;
  std::vector<std::string> layers;  ///< the image's layer directories on the host, topmost first; empty when unknown
  int pid = 0;                      ///< its init process in the host's pid namespace; 0 when it does not run
};

/// Reads the array that `docker inspect` prints. Fails when it is empty.
Result<std::vector<ContainerInfo>> parse_inspect(std::string_view json, const Engine& engine);
/// The command that prints this array for containers, by name or id.
std::vector<std::string> inspect_command(std::vector<std::string> client, const std::vector<std::string>& names);
/// Runs it. Takes 10 to 50 ms.
Result<std::vector<ContainerInfo>> inspect(const EngineClient& engine, const std::vector<std::string>& names);
/// Reads an OCI bundle's config.json: the only source for a container that was gone before the engine could be asked.
Result<ContainerInfo> parse_bundle_config(std::string_view json, const std::string& id, const Engine& engine);
/// What the same file says about confinement, for comparing it with a policy. Empty where it says nothing.
struct BundleSecurity {
  std::string filter;    ///< the seccomp filter as JSON, in OCI's plain form
  std::string apparmor;  ///< "unconfined" if it names no profile
};
BundleSecurity security_of_bundle(std::string_view json);
/// Adds what the bundle knows better than `inspect`. nerdctl's `inspect` has neither the user nor no-new-privileges;
/// Docker's has no-new-privileges only when it was set for the container, not when it is the daemon's default. podman's
/// bundle names a container, but says no more about it.
void complete_from_bundle(ContainerInfo& info, std::string_view json, const Engine& engine);
/// Reads a file; "" when it can't be read.
using ReadFile = std::function<std::string(const std::string& path)>;
/// What the engine's own files say about a container that has begun, in the form of `inspect`; "" when they can't be
/// found. Used when the engine has removed the container before its client can answer. `bundle_config` is the text of
/// the file `bundle_path`.
std::string inspect_from_files(std::string_view bundle_config, const std::string& bundle_path, const std::string& id,
                               const ReadFile& read_file);
/// Paths where engines keep the config.json of a running container.
std::vector<std::string> bundle_config_paths(const std::string& id);

/// What `docker info` or `podman info` says about the engine itself.
struct EngineInfo {
  std::string version;
  std::string default_runtime;
  std::map<std::string, std::string> runtimes;  ///< the engine's name for an OCI runtime → its program
  std::string cgroup_driver;                    ///< "cgroupfs" or "systemd"
  std::set<std::string> security;               ///< "seccomp", "apparmor", "selinux", …: those that are enabled
};
Result<EngineInfo> parse_engine_info(std::string_view json, const Engine& engine);
/// The program that the engine starts for a runtime of this name. podman accepts any program name or path.
std::string runtime_program(const EngineInfo& info, const std::string& engines_name);

/// What COMMAND starts when it is an engine's client.
struct ClientCommand {
  enum class Kind { none, run, start, restart, exec, compose };
  Kind kind = Kind::none;
  const Engine* engine = nullptr;
  std::vector<std::string> client;  ///< program and global options, e.g. {"docker", "--host", "tcp://…"}
  size_t after_subcommand = 0;  ///< index in COMMAND of the word after the subcommand, where an option can be inserted
  std::string cidfile;          ///< run: the user's own --cidfile; empty when not given
  bool detached = false;        ///< run: the client does not wait for the container's end (--detach)
  bool removes = false;         ///< run: the container is removed when it has ended (--rm)
  std::vector<std::string> names;  ///< start, restart, exec: the containers named
  std::string project;             ///< compose: project name; with `restart` instead of `names`
};
/// `directory` is COMMAND's working directory, `project_variable` the value of COMPOSE_PROJECT_NAME ("" when unset).
ClientCommand parse_client_command(const std::vector<std::string>& command, const std::string& directory,
                                   const std::string& project_variable);

/// Whether a shell pattern (fnmatch(3)) matches the container's name, its id or the id's beginning, or its image.
bool matches_container(const std::string& pattern, const Subject& subject);

}  // namespace profilegen
