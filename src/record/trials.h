// SPDX-License-Identifier: Apache-2.0
// Finds out what this kernel lets us load, by loading something small. Versions tell little: a kernel can be built
// without kprobes, refuse trampolines, or have had them ported back.
#pragma once

#include <memory>

#include "profilegen/hooks.h"

struct btf;

namespace profilegen {

class KernelAnswers;

class Trials {
 public:
  /// Reads the kernel's types, which takes some milliseconds and MiB until it is destroyed. What `answers` knows is not
  /// tried again.
  static Result<Trials> create(KernelAnswers& answers);

  [[nodiscard]] Status operator()(const Rung& rung) const;
  [[nodiscard]] const btf* types() const { return types_.get(); }

 private:
  struct BtfDeleter {
    void operator()(btf* types) const;
  };
  Trials(std::unique_ptr<btf, BtfDeleter> types, KernelAnswers& answers);
  std::unique_ptr<btf, BtfDeleter> types_;
  KernelAnswers& answers_;
};

}  // namespace profilegen
