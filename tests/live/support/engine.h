// SPDX-License-Identifier: Apache-2.0
// A separate Docker engine for a test.
#pragma once

#include <memory>
#include <string>

#include "support/background.h"
#include "support/containers.h"

/// While this object exists, DOCKER_HOST points to its engine. The engine has no network, so containers need `--network
/// none`. If crun is installed, it is configured as the runtime "crun".
class OwnEngine {
 public:
  /// `launcher` runs dockerd with `options`. The images are copied from the main engine.
  OwnEngine(const Scratch& scratch, const Words& launcher, const Words& images, const Words& options = {});
  OwnEngine(const OwnEngine&) = delete;
  OwnEngine& operator=(const OwnEngine&) = delete;
  ~OwnEngine();

  /// The number of field NAME in dockerd's /proc/PID/status.
  [[nodiscard]] int status(const std::string& name) const;

 private:
  void stop();
  const Scratch& scratch_;
  std::string directory_;
  std::string outer_host_;
  std::unique_ptr<Background> daemon_;
};
