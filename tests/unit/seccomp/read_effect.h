// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <catch2/catch.hpp>
#include <string>

#include "profilegen/seccomp.h"

namespace profilegen {

inline SeccompEffect effect_of(const std::string& text, std::optional<FilterReader> reader = {}) {
  const auto effect = SeccompEffect::of_file(text, "f.json", {}, reader);
  INFO(text);
  if (!effect) FAIL(effect.error().line());
  return *effect;
}

/// "allowed", "EPERM", …: the answer to a native call with these arguments.
inline std::string answer_to(const SeccompEffect& effect, const std::string& name,
                             const CallArguments& arguments = {}) {
  return answer_text(effect.answer({native_arch(), name}, arguments));
}

}  // namespace profilegen
