// SPDX-License-Identifier: Apache-2.0
// Finds out engine, OCI runtime and their versions: the calls that a profile must leave to the runtime depend on them.
#pragma once

#include <sys/types.h>

#include <list>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "profilegen/engine.h"
#include "profilegen/process/epoll.h"
#include "profilegen/process/helper_process.h"

namespace profilegen {

/// Asks one engine once, and each of its runtimes once. The questions to the engine and to its default runtime are sent
/// at once, and are answered while the recording goes on.
class RuntimeVersions {
 public:
  explicit RuntimeVersions(const EngineClient& engine);

  [[nodiscard]] const EngineClient& engine() const { return engine_; }
  /// Becomes readable when there is more of the answer that is waited for; -1 when none is.
  [[nodiscard]] int fd() const { return open_ ? open_->output_fd() : -1; }
  /// Reads what is available.
  void read_some();
  /// Fills in engine_version, runtime and runtime_version. A value that can't be found out stays empty. Waits for
  /// answers that are not there yet.
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
  [[nodiscard]] std::vector<std::string> info_command() const;
  const Runtime& ask(const std::string& engines_name);

  const EngineClient& engine_;
  pid_t asker_;  // who asked: a copy of the recorder (checkpoints.h) leaves the answers to it, and asks for itself
  std::optional<HelperProcess> open_;
  bool is_informed_ = false;
  EngineInfo info_;
  std::map<std::string, Runtime> known_;
};

/// The versions of the engines whose containers are recorded.
class EngineVersions {
 public:
  EngineVersions(const std::vector<EngineClient>& engines, const Epoll& epoll) : engines_(engines), epoll_(epoll) {}

  /// Begins to ask the engine of this container.
  void ask(const Subject& subject);
  /// To be called when `fd` is readable; true when it belonged to a question.
  bool on_readable(int fd);
  /// Fills in the engine, too: the one that described the container, or else the one that was asked first.
  void complete(Subject& subject);

 private:
  [[nodiscard]] const EngineClient& engine_of(const Subject& subject) const;
  RuntimeVersions* find(const EngineClient& engine);
  void watch(const RuntimeVersions& versions) const;

  const std::vector<EngineClient>& engines_;
  const Epoll& epoll_;
  std::list<RuntimeVersions> asked_;
};

/// Parses the output of `runc --version` or `crun --version`, e.g. into {"runc", "1.1.5"}. Empty strings for other
/// text.
std::pair<std::string, std::string> parse_runtime_version(const std::string& text);

}  // namespace profilegen
