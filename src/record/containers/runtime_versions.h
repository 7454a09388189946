// SPDX-License-Identifier: Apache-2.0
// Finds out engine, OCI runtime and their versions: the calls that a profile must leave to the runtime depend on them.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "profilegen/engine.h"

namespace profilegen {

/// Asks the engine once and each runtime once.
class RuntimeVersions {
 public:
  explicit RuntimeVersions(const EngineClient& engine);
  /// Fills in engine_version, runtime and runtime_version. A value that can't be found out stays empty.
  void complete(Subject& subject);

 private:
  struct Runtime {
    std::string name;
    std::string version;
  };
  const Runtime& ask(const std::string& engines_name);

  EngineInfo info_;
  std::map<std::string, Runtime> known_;
};

/// Parses the output of `runc --version` or `crun --version`, e.g. into {"runc", "1.1.5"}. Empty strings for other
/// text.
std::pair<std::string, std::string> parse_runtime_version(const std::string& text);

}  // namespace profilegen
