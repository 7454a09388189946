// SPDX-License-Identifier: Apache-2.0
// A Docker engine of the test's own, beside the one that runs anyway.
#pragma once

#include <memory>
#include <string>

#include "support/background.h"
#include "support/containers.h"

/// While it lives, DOCKER_HOST points to it. It has no network: containers need `--network none`. Where crun is
/// installed, it knows it as the runtime of that name.
class OwnEngine {
 public:
  /// `launcher` runs dockerd. The images are taken over from the engine that runs anyway. `options` are dockerd's.
  OwnEngine(const Scratch& scratch, const Words& launcher, const Words& images, const Words& options = {});
  OwnEngine(const OwnEngine&) = delete;
  OwnEngine& operator=(const OwnEngine&) = delete;
  ~OwnEngine();

  /// The number behind NAME in dockerd's /proc/PID/status.
  [[nodiscard]] int status(const std::string& name) const;

 private:
  void stop();
  const Scratch& scratch_;
  std::string directory_;
  std::string outer_host_;
  std::unique_ptr<Background> daemon_;
};
