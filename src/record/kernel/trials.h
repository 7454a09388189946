// SPDX-License-Identifier: Apache-2.0
// Finds out what this kernel lets us load, by loading something small. Versions tell little: a kernel can be built
// without kprobes, refuse trampolines, or have had them ported back.
#pragma once

#include <memory>

#include "profilegen/ladder.h"

struct btf;

namespace profilegen {

class Trials {
 public:
  /// Reads the kernel's types, which takes some milliseconds and MiB until it is destroyed.
  static Result<Trials> create();

  [[nodiscard]] Status operator()(const Rung& rung) const;

 private:
  struct BtfDeleter {
    void operator()(btf* types) const;
  };
  explicit Trials(std::unique_ptr<btf, BtfDeleter> types);
  std::unique_ptr<btf, BtfDeleter> types_;
};

}  // namespace profilegen
