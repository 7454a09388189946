// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>

namespace profilegen::seccomp {

/// What a scalar stands for by the rules of YAML 1.1. A quoted one, whose tag is "!", is always a text, and so is one
/// with the tag !!str.
nlohmann::json yaml_scalar(const std::string& tag, const std::string& text);

}  // namespace profilegen::seccomp
