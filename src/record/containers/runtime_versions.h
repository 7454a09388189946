// SPDX-License-Identifier: Apache-2.0
// Which engine and which OCI runtime, in which version: the floor of a profile depends on it.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "profilegen/engine.h"

namespace profilegen {

/// Asks the engine once, and each runtime once.
class RuntimeVersions {
 public:
  explicit RuntimeVersions(const EngineClient& engine);
  /// Fills in engine_version, runtime and runtime_version; what can't be found out stays empty.
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

/// {"runc", "1.1.5"} from what `runc --version` or `crun --version` prints; empty strings when it is something else.
std::pair<std::string, std::string> parse_runtime_version(const std::string& text);

}  // namespace profilegen
