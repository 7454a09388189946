// SPDX-License-Identifier: Apache-2.0
// Finds out what this kernel can load, by loading small programs. The version alone does not tell: a kernel may be
// built without kprobes, refuse trampolines, or have them backported.
#pragma once

#include <memory>

#include "profilegen/ladder.h"

struct btf;

namespace profilegen {

class KernelAnswers;

class Trials {
 public:
  /// Reads the kernel's types (BTF), which takes some milliseconds, and some MiB until destruction. Does not try again
  /// what `answers` knows.
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
