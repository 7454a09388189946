// SPDX-License-Identifier: Apache-2.0
// Which engine and which OCI runtime, in which version: the floor of a profile depends on it.
#pragma once

#include <sys/types.h>

#include <list>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "profilegen/engine.h"
#include "program.h"

namespace profilegen {

/// Asks one engine once, and each of its runtimes once. The engine and its usual runtime are asked at once, and answer
/// while the recording goes on.
class RuntimeVersions {
 public:
  explicit RuntimeVersions(const EngineClient& engine);

  [[nodiscard]] const EngineClient& engine() const { return engine_; }
  /// Where the answer comes that is waited for; -1 when there is none.
  [[nodiscard]] int fd() const { return open_ ? open_->output_fd() : -1; }
  /// Takes what has come.
  void read_some();
  /// Fills in engine_version, runtime and runtime_version; what can't be found out stays empty. Waits for the answers.
  void complete(Subject& subject);

 private:
  struct Runtime {
    std::string name;
    std::string version;
  };
  void start(const std::vector<std::string>& words);
  void take_answer();
  void take_info(const Result<std::string>& answer);
  bool take_version(const std::string& engines_name, const Result<std::string>& answer);
  [[nodiscard]] std::string program_of(const std::string& engines_name) const;
  [[nodiscard]] std::vector<std::string> info_command() const;
  const Runtime& ask(const std::string& engines_name);

  const EngineClient& engine_;
  pid_t asker_;  // a copy of the recorder (checkpoints.h) leaves the answers to it, and asks for itself
  std::optional<Program> open_;
  bool is_informed_ = false;
  EngineInfo info_;
  std::map<std::string, Runtime> known_;
};

/// Those of the engines whose containers are recorded.
class EngineVersions {
 public:
  EngineVersions(const std::vector<EngineClient>& engines, int epoll) : engines_(engines), epoll_(epoll) {}

  /// Begins to ask the engine that this container is of.
  void ask(const Subject& subject);
  /// What has become readable; true when it was an answer.
  bool on_readable(int fd);
  /// Fills in the engine, too. Of a container that none knew any more it is the one that was asked first.
  void complete(Subject& subject);

 private:
  [[nodiscard]] const EngineClient& engine_of(const Subject& subject) const;
  RuntimeVersions* find(const EngineClient& engine);
  void watch(const RuntimeVersions& versions) const;

  const std::vector<EngineClient>& engines_;
  int epoll_;
  std::list<RuntimeVersions> asked_;
};

/// {"runc", "1.1.5"} from what `runc --version` or `crun --version` prints; empty strings when it is something else.
std::pair<std::string, std::string> parse_runtime_version(const std::string& text);

}  // namespace profilegen
