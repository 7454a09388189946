// SPDX-License-Identifier: Apache-2.0
// Containers under podman and a runtime of one's choice, with a storage that goes with the test.
#pragma once

#include <string>

#include "support/containers.h"

class Podman {
 public:
  /// The image is taken over from Docker.
  Podman(const Scratch& scratch, std::string image);
  Podman(const Podman&) = delete;
  Podman& operator=(const Podman&) = delete;
  ~Podman();

  /// `podman --runtime RUNTIME run OPTIONS IMAGE COMMAND`, without a network.
  [[nodiscard]] Outcome run(const std::string& runtime, const Words& options, const Words& command) const;

 private:
  [[nodiscard]] Outcome podman(const Words& arguments) const;
  const Scratch& scratch_;
  std::string image_;
  std::string cgroup_;
};
