// SPDX-License-Identifier: Apache-2.0
// Reads YAML as Kubernetes' clients do (sigs.k8s.io/yaml): converted to JSON by the rules of YAML 1.1.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string_view>
#include <vector>

#include "profilegen/result.h"

namespace profilegen::seccomp {

/// All documents. Aliases and merge keys ("<<") are expanded. An Error for what is no YAML, and for what would need
/// more depth, values or memory than any manifest: an alias costs as much as what it stands for.
Result<std::vector<nlohmann::json>> yaml_documents(std::string_view text, const std::string& object);

}  // namespace profilegen::seccomp
