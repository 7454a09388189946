// SPDX-License-Identifier: Apache-2.0
// Finds out what this kernel can load, by loading small programs. The version alone does not tell: a kernel may be
// built without kprobes, refuse trampolines, or have them backported.
#pragma once

#include <memory>

#include "profilegen/ladder.h"

struct btf;

namespace profilegen {

class Trials {
 public:
  /// Reads the kernel's types (BTF), which takes some milliseconds, and some MiB until destruction.
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
