// SPDX-License-Identifier: Apache-2.0
// The spec of a SeccompProfile of the Security Profiles Operator is the filter, in YAML or, as kubectl prints it, in
// JSON (which is valid YAML, too).
#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "profilegen/seccomp.h"

namespace profilegen {
namespace {

using nlohmann::json;

constexpr std::string_view kKind = "SeccompProfile";

/// A plain scalar of digits is a number; a quoted one is always a text (YAML 1.2, 10.3.2).
json scalar(const YAML::Node& node) {
  const std::string& text = node.Scalar();
  const bool plain = node.Tag() == "?";
  if (plain && (text == "null" || text == "~" || text.empty())) return nullptr;
  const bool digits =
      !text.empty() && text.size() < 20 && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
  if (plain && digits) return std::stoull(text);
  return text;
}

json converted(const YAML::Node& node) {
  switch (node.Type()) {
    case YAML::NodeType::Sequence: {
      json list = json::array();
      for (const YAML::Node& element : node) list.push_back(converted(element));
      return list;
    }
    case YAML::NodeType::Map: {
      json object = json::object();
      for (const auto& member : node) object[member.first.Scalar()] = converted(member.second);
      return object;
    }
    case YAML::NodeType::Scalar:
      return scalar(node);
    default:
      return nullptr;
  }
}

}  // namespace

std::optional<std::string> filter_of_spo(std::string_view text) {
  if (text.find(kKind) == std::string_view::npos) return std::nullopt;
  try {
    const YAML::Node resource = YAML::Load(std::string(text));
    if (!resource.IsMap() || !resource["kind"] || !resource["spec"]) return std::nullopt;
    if (resource["kind"].Scalar() != kKind || !resource["spec"].IsMap()) return std::nullopt;
    return converted(resource["spec"]).dump(-1, ' ', false, json::error_handler_t::replace);
  } catch (const YAML::Exception&) {
    return std::nullopt;
  }
}

}  // namespace profilegen
